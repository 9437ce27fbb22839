package io.meterlake.snapshot;

/**
 * What has been done of the creation or the removal of a snapshot. A process may end between any two; the next command
 * takes the creation back, and goes on with the removal.
 */
public enum SnapshotStep {
    /** The snapshot's folder is there, and says that it is being made; its database is there, without tables. */
    ANNOUNCED,
    /** Hudi's savepoints of one table are there; reached once a table. */
    TABLE_PROTECTED,
    /** The lists of files are on disk. */
    FILES_LISTED,
    /** Trino can read the tables. */
    REGISTERED,
    /** The rows in {@code snapshots} are there: from now on it is listed. */
    LISTED,
    /** The folder does not say any more that it is being made. */
    CREATED,

    /** The rows say that the snapshot is being dropped: from now on it is not listed any more. */
    UNLISTED,
    /** The metastore has no database of the snapshot any more. */
    UNREGISTERED,
    /** Savepoints that no other snapshot needs are gone; reached once a table. */
    TABLE_UNPROTECTED,
    /** The snapshot's folder is gone. */
    FOLDER_DELETED,
    /** The rows are gone. */
    DROPPED
}
