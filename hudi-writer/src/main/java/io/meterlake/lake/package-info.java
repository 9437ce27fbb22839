/**
 * The lake: which tables there are, how they lie on disk, and what the Hive Metastore knows of them. In: a
 * {@link io.meterlake.lake.LakeConfig}. Out: an opened {@link io.meterlake.lake.Lake} with its tables, their completed
 * instants and the lock that makes its holder the only writer. Next: {@code io.meterlake.writer}, which fills
 * {@code meter_readings}; the orchestrator reads the instants and writes {@code report_lineage}.
 */
@NullMarked
package io.meterlake.lake;

import org.jspecify.annotations.NullMarked;
