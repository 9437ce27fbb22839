package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a lake lies and how it is kept.
 *
 * @param root the folder that holds a folder for each table; made if missing
 * @param metastoreHost host of the Hive Metastore's Thrift service
 * @param metastorePort port of the Hive Metastore's Thrift service
 * @param database the metastore database that the tables are registered in
 * @param buckets how many files a day of {@code meter_readings} is spread over; fixed when the table is created, and
 *     without effect afterwards
 * @param retentionHours how long a file stays on disk after a commit replaced it; 0: it goes with the commit that did. A
 *     file that a snapshot holds stays as long as the snapshot
 * @param writerWait how long to wait for another writer to finish before giving up
 */
public record LakeConfig(
        Path root,
        String metastoreHost,
        int metastorePort,
        String database,
        int buckets,
        int retentionHours,
        Duration writerWait) {
    public static final String DEFAULT_DATABASE = "lake";
    public static final int DEFAULT_BUCKETS = 4;
    /** Two weeks: longer than any report takes to be made, checked and sent. */
    public static final int DEFAULT_RETENTION_HOURS = 14 * 24;

    public static final Duration DEFAULT_WRITER_WAIT = Duration.ofMinutes(1);

    public LakeConfig {
        root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
        requireNonNull(metastoreHost, "metastoreHost is null");
        requireNonNull(database, "database is null");
        requireNonNull(writerWait, "writerWait is null");
        check(metastorePort > 0 && metastorePort < 65536, "metastore port", metastorePort, "1 to 65535");
        // A bucket's number has eight digits in a file's id; a day in more files than this is never of use.
        check(buckets > 0 && buckets <= 4096, "bucket count", buckets, "1 to 4096");
        check(retentionHours >= 0, "retention in hours", retentionHours, "0 or more");
        if (!database.matches("[a-z][a-z0-9_]*")) {
            throw new MeterlakeException(
                    LakeErrorCode.INVALID_LAKE_CONFIG,
                    "Cannot use the database name '" + database + "': it is not a lower-case identifier",
                    "Choose a name of letters a to z, digits and underscores that begins with a letter");
        }
    }

    /** A lake with the default database, buckets, retention and waiting time. */
    public static LakeConfig of(Path root, String metastoreHost, int metastorePort) {
        return new LakeConfig(
                root,
                metastoreHost,
                metastorePort,
                DEFAULT_DATABASE,
                DEFAULT_BUCKETS,
                DEFAULT_RETENTION_HOURS,
                DEFAULT_WRITER_WAIT);
    }

    public LakeConfig withDatabase(String changed) {
        return new LakeConfig(root, metastoreHost, metastorePort, changed, buckets, retentionHours, writerWait);
    }

    public LakeConfig withBuckets(int changed) {
        return new LakeConfig(root, metastoreHost, metastorePort, database, changed, retentionHours, writerWait);
    }

    public LakeConfig withRetentionHours(int changed) {
        return new LakeConfig(root, metastoreHost, metastorePort, database, buckets, changed, writerWait);
    }

    public LakeConfig withWriterWait(Duration changed) {
        return new LakeConfig(root, metastoreHost, metastorePort, database, buckets, retentionHours, changed);
    }

    private static void check(boolean inRange, String what, int value, String range) {
        if (!inRange) {
            throw new MeterlakeException(
                    LakeErrorCode.INVALID_LAKE_CONFIG,
                    "Cannot use " + value + " as the " + what + ": it is not in " + range,
                    "Choose a value in " + range);
        }
    }
}
