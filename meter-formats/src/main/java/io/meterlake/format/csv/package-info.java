/**
 * CSV with one reading a row, or JSON with one reading a line. In: a {@link io.meterlake.format.MeterFile}, and a
 * {@link io.meterlake.format.csv.CsvMapping} that says what its columns mean, unless they are those of {@code inspect}.
 * Out: readings. Next: the writer, by way of {@link io.meterlake.reading.ReadingSink}.
 */
@NullMarked
package io.meterlake.format.csv;

import org.jspecify.annotations.NullMarked;
