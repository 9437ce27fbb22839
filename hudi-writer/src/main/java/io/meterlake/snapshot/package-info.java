/**
 * Snapshots: what the lake's tables held at one moment, kept and readable in plain SQL for as long as it is wanted. In:
 * an opened {@link io.meterlake.lake.Lake} and a {@link io.meterlake.snapshot.SnapshotRequest}. Out: savepoints that
 * keep the cleaner away from the files, a metastore database {@code snap_<id>} whose tables name exactly those files,
 * and rows in the table {@code snapshots}. Next: the orchestrator, whose runs and reports read nothing else.
 */
@NullMarked
package io.meterlake.snapshot;

import org.jspecify.annotations.NullMarked;
