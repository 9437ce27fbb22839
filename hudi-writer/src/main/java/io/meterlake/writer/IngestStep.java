package io.meterlake.writer;

/**
 * What has been done of a file's ingest. A process may end between any two; the next run takes back or completes what
 * is missing.
 */
public enum IngestStep {
    /** The file is open, and as far as its name and size or its checksum tell, the ledger does not have it as ingested. */
    OPENED,
    /** It is read. What comes next is done for all files that are committed together. */
    READ,
    /** All readings are sorted, in memory or on the lake's disk. */
    SORTED,
    /** The rejects are in {@code rejected_readings}. */
    REJECTS_WRITTEN,
    /** The metastore knows all partitions that the commit will touch. */
    PARTITIONS_REGISTERED,
    /** Hudi's timeline has the commit as requested. */
    COMMIT_STARTED,
    /** All base files are on disk; no reader sees them yet. */
    FILES_WRITTEN,
    /** What the readings replace is on disk, too, and its partitions are registered; no reader sees it yet. */
    CHANGES_WRITTEN,
    /** The readings are visible. */
    COMMITTED,
    /** What they replaced is visible. */
    CHANGES_COMMITTED,
    /** The ledger has the file. */
    LEDGER_WRITTEN
}
