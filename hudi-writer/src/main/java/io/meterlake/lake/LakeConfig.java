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
 * @param cleaner how long a file stays on disk after a commit replaced it; a file that a snapshot holds stays as long as
 *     the snapshot
 * @param activeCommits how many commits each table's active timeline keeps at least; what is older goes to the archive, in
 *     batches, but for what the cleaner or a savepoint may need still
 * @param writerWait how long to wait for another writer to finish before giving up
 * @param metastoreWait how long to wait for an answer of the metastore's before giving up
 */
public record LakeConfig(
        Path root,
        String metastoreHost,
        int metastorePort,
        String database,
        int buckets,
        CleanerPolicy cleaner,
        int activeCommits,
        Duration writerWait,
        Duration metastoreWait) {
    public static final String DEFAULT_DATABASE = "lake";
    /** Right for up to some 250,000 meters: docs/decisions/0009-layout.md. */
    public static final int DEFAULT_BUCKETS = 1;
    /** Two weeks: longer than any report takes to be made, checked and sent. */
    public static final CleanerPolicy DEFAULT_CLEANER = new CleanerPolicy.Hours(14 * 24);
    /** A month of daily deliveries can be looked at without the archive. */
    public static final int DEFAULT_ACTIVE_COMMITS = 50;

    public static final Duration DEFAULT_WRITER_WAIT = Duration.ofMinutes(1);
    /** The longest work that is asked of it in one call, a thousand partitions, takes seconds. */
    public static final Duration DEFAULT_METASTORE_WAIT = Duration.ofMinutes(1);

    public LakeConfig {
        root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
        requireNonNull(metastoreHost, "metastoreHost is null");
        requireNonNull(database, "database is null");
        requireNonNull(cleaner, "cleaner is null");
        requireNonNull(writerWait, "writerWait is null");
        requireNonNull(metastoreWait, "metastoreWait is null");
        check(metastorePort > 0 && metastorePort < 65536, "metastore port", metastorePort, "1 to 65535");
        // A socket waits without end where it is told to wait for no time at all.
        if (metastoreWait.toMillis() <= 0 || metastoreWait.toMillis() > Integer.MAX_VALUE) {
            throw new MeterlakeException(
                    LakeErrorCode.INVALID_LAKE_CONFIG,
                    "Cannot wait for " + metastoreWait
                            + " for an answer of the metastore: it is not between a millisecond and 24 days",
                    "Choose a minute or so");
        }
        requireBuckets(buckets);
        // Hudi wants to look back at a few, for the cleaner.
        check(activeCommits >= 4, "number of active commits", activeCommits, "4 or more");
        if (!database.matches("[a-z][a-z0-9_]*")) {
            throw new MeterlakeException(
                    LakeErrorCode.INVALID_LAKE_CONFIG,
                    "Cannot use the database name '" + database + "': it is not a lower-case identifier",
                    "Choose a name of letters a to z, digits and underscores that begins with a letter");
        }
    }

    /**
     * Refuses a number of buckets that no lake can have.
     *
     * @throws MeterlakeException {@code INVALID_LAKE_CONFIG}
     */
    public static void requireBuckets(int buckets) {
        // A bucket's number has eight digits in a file's id; a day in more files than this is never of use.
        check(buckets > 0 && buckets <= 4096, "bucket count", buckets, "1 to 4096");
    }

    /** A lake with the default database, buckets, cleaner, timeline and waiting time. */
    public static LakeConfig of(Path root, String metastoreHost, int metastorePort) {
        return new LakeConfig(
                root,
                metastoreHost,
                metastorePort,
                DEFAULT_DATABASE,
                DEFAULT_BUCKETS,
                DEFAULT_CLEANER,
                DEFAULT_ACTIVE_COMMITS,
                DEFAULT_WRITER_WAIT,
                DEFAULT_METASTORE_WAIT);
    }

    public LakeConfig withDatabase(String changed) {
        return new LakeConfig(
                root,
                metastoreHost,
                metastorePort,
                changed,
                buckets,
                cleaner,
                activeCommits,
                writerWait,
                metastoreWait);
    }

    public LakeConfig withBuckets(int changed) {
        return new LakeConfig(
                root,
                metastoreHost,
                metastorePort,
                database,
                changed,
                cleaner,
                activeCommits,
                writerWait,
                metastoreWait);
    }

    /** How many hours a replaced file stays; 0: it goes with the commit that replaced it. */
    public LakeConfig withRetentionHours(int hours) {
        return withCleaner(hours == 0 ? new CleanerPolicy.Versions(1) : new CleanerPolicy.Hours(hours));
    }

    public LakeConfig withCleaner(CleanerPolicy changed) {
        return new LakeConfig(
                root,
                metastoreHost,
                metastorePort,
                database,
                buckets,
                changed,
                activeCommits,
                writerWait,
                metastoreWait);
    }

    public LakeConfig withActiveCommits(int changed) {
        return new LakeConfig(
                root, metastoreHost, metastorePort, database, buckets, cleaner, changed, writerWait, metastoreWait);
    }

    public LakeConfig withWriterWait(Duration changed) {
        return new LakeConfig(
                root, metastoreHost, metastorePort, database, buckets, cleaner, activeCommits, changed, metastoreWait);
    }

    public LakeConfig withMetastoreWait(Duration changed) {
        return new LakeConfig(
                root, metastoreHost, metastorePort, database, buckets, cleaner, activeCommits, writerWait, changed);
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
