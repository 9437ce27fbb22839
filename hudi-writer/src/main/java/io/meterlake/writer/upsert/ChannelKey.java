package io.meterlake.writer.upsert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hudi.index.bucket.BucketIdentifier;

/**
 * The part of the record key that a channel's readings share, in UTF-8. Ordered by the bytes of the meter id, then of
 * the channel: the order of the rows in a base file.
 */
public final class ChannelKey implements Comparable<ChannelKey> {
    private static final String HASH_COLUMN = "meter_id";

    private final byte[] meterId;
    private final byte[] channel;

    public ChannelKey(byte[] meterId, byte[] channel) {
        this.meterId = meterId;
        this.channel = channel;
    }

    public static ChannelKey of(String meterId, String channel) {
        return new ChannelKey(meterId.getBytes(StandardCharsets.UTF_8), channel.getBytes(StandardCharsets.UTF_8));
    }

    /** Not to be changed. */
    public byte[] meterId() {
        return meterId;
    }

    /** Not to be changed. */
    public byte[] channel() {
        return channel;
    }

    /**
     * The record key up to the number that ends it, the interval's start in microseconds. As Hudi's
     * ComplexKeyGenerator, and with it Spark, writes it: no escapes.
     */
    public String recordKeyPrefix() {
        return "meter_id:" + text(meterId) + ",channel:" + text(channel) + ",interval_start_us:";
    }

    /**
     * The bucket of the channel's readings. Hudi hashes what its parser finds in the key text, which is not always
     * the meter id when that holds commas and colons; so the text is what it is asked with.
     */
    public int bucket(int buckets) {
        return BucketIdentifier.getBucketId(recordKeyPrefix() + "0", HASH_COLUMN, buckets);
    }

    @Override
    public int compareTo(ChannelKey other) {
        int byMeter = Arrays.compareUnsigned(meterId, other.meterId);
        return byMeter != 0 ? byMeter : Arrays.compareUnsigned(channel, other.channel);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof ChannelKey key
                        && Arrays.equals(meterId, key.meterId)
                        && Arrays.equals(channel, key.channel));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(meterId) + Arrays.hashCode(channel);
    }

    @Override
    public String toString() {
        return text(meterId) + "/" + text(channel);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
