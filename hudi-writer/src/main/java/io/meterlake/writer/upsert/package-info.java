/**
 * Decides what becomes of each reading. In: the readings of files in their order of arrival. Out: the same by day
 * and bucket, sorted by key, one row a key; and, beside a base file's rows, which of both stays. Pure: touches no disk.
 * Next: {@link io.meterlake.writer.parquet}.
 */
@NullMarked
package io.meterlake.writer.upsert;

import org.jspecify.annotations.NullMarked;
