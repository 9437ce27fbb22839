/**
 * Reads and writes base files, the Parquet files that hold a day's bucket. In: sorted columns, and the base file that
 * they correct. Out: a new base file, forced to disk, and what was counted on the way. Next:
 * {@link io.meterlake.writer.commit}.
 */
@NullMarked
package io.meterlake.writer.parquet;

import org.jspecify.annotations.NullMarked;
