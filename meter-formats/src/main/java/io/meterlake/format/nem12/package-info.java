/**
 * AEMO's NEM12. In: a {@link io.meterlake.format.MeterFile}. Out: readings, a day of a channel at a time. Next: the
 * writer, by way of {@link io.meterlake.reading.ReadingSink}.
 */
@NullMarked
package io.meterlake.format.nem12;

import org.jspecify.annotations.NullMarked;
