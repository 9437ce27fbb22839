package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import io.meterlake.reading.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The channels of the series of a file, as far as they are known: their order, their buckets and the days of their
 * readings. Not thread-safe.
 */
final class Channels {
    private final int buckets;
    private final List<ChannelKey> keys = new ArrayList<>();
    private final Map<ChannelKey, Integer> numberOfKey = new HashMap<>();
    private final Map<String, LocalDays> daysOfZone = new HashMap<>();
    private final List<LocalDays> daysOfSeries = new ArrayList<>();
    private List<Integer> inOrder = new ArrayList<>();
    private int[] channelOfSeries = new int[16];
    private int[] bucketOfSeries = new int[16];
    private int[] rankOfChannel = new int[0];

    Channels(int buckets) {
        this.buckets = buckets;
    }

    /** Adds the series that have the next numbers. */
    void add(List<Series> more) {
        for (Series series : more) {
            int number = daysOfSeries.size();
            if (number == channelOfSeries.length) {
                channelOfSeries = Arrays.copyOf(channelOfSeries, 2 * number);
                bucketOfSeries = Arrays.copyOf(bucketOfSeries, 2 * number);
            }
            ChannelKey key = ChannelKey.of(series.meterId(), series.channel());
            Integer known = numberOfKey.putIfAbsent(key, keys.size());
            if (known == null) {
                keys.add(key);
            }
            channelOfSeries[number] = known == null ? keys.size() - 1 : known;
            bucketOfSeries[number] = key.bucket(buckets);
            daysOfSeries.add(requireNonNull(
                    daysOfZone.computeIfAbsent(series.marketZone().getId(), id -> new LocalDays(series.marketZone()))));
        }
        rank();
    }

    /** The new ones go behind the others, which are sorted: so the sort has little to do. */
    private void rank() {
        if (rankOfChannel.length == keys.size()) {
            return;
        }
        List<Integer> all = new ArrayList<>(inOrder);
        for (int number = rankOfChannel.length; number < keys.size(); number++) {
            all.add(number);
        }
        all.sort(Comparator.comparing(keys::get));
        inOrder = all;
        rankOfChannel = new int[keys.size()];
        for (int rank = 0; rank < rankOfChannel.length; rank++) {
            rankOfChannel[all.get(rank)] = rank;
        }
    }

    int size() {
        return keys.size();
    }

    /** The channels in their order. */
    List<ChannelKey> inOrder() {
        return inOrder.stream().map(keys::get).toList();
    }

    /** By series: the place of its channel in the order. */
    int[] rankOfSeries() {
        int[] ranks = new int[daysOfSeries.size()];
        Arrays.setAll(ranks, series -> rankOfChannel[channelOfSeries[series]]);
        return ranks;
    }

    int bucket(int series) {
        return bucketOfSeries[series];
    }

    /** The market's day of a reading, counted from 1970-01-01. */
    int day(int series, long startMicros) {
        return daysOfSeries.get(series).dayOf(startMicros);
    }
}
