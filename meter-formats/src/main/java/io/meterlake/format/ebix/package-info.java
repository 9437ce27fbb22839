/**
 * ebIX's documents of validated metered data, as XML. In: a {@link io.meterlake.format.MeterFile}. Out: readings, by way
 * of {@code io.meterlake.format.measure}. Next: the writer, by way of {@link io.meterlake.reading.ReadingSink}.
 */
@NullMarked
package io.meterlake.format.ebix;

import org.jspecify.annotations.NullMarked;
