/**
 * CIM's documents of validated measure data, as XML and as JSON. In: a {@link io.meterlake.format.MeterFile}. Out:
 * readings, by way of {@code io.meterlake.format.measure}. Next: the writer, by way of
 * {@link io.meterlake.reading.ReadingSink}.
 */
@NullMarked
package io.meterlake.format.cim;

import org.jspecify.annotations.NullMarked;
