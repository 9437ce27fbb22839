/**
 * The journey of a meter file into the lake: {@link io.meterlake.writer.source} → a format of {@code meter-formats} →
 * {@link io.meterlake.writer.validate} → {@link io.meterlake.writer.upsert} → {@link io.meterlake.writer.parquet} →
 * {@link io.meterlake.writer.commit}. In: paths of files. Out: an {@link io.meterlake.writer.IngestOutcome} for each.
 * Start reading at {@link io.meterlake.writer.Ingest}.
 */
@NullMarked
package io.meterlake.writer;

import org.jspecify.annotations.NullMarked;
