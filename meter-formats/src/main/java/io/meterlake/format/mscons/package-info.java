/**
 * UN/EDIFACT's MSCONS. In: a {@link io.meterlake.format.MeterFile}. On the way: segments, then the envelope's checks,
 * then quantities with the metering point, channel and period that they belong to. Out: readings, a quantity at a time.
 * Next: the writer, by way of {@link io.meterlake.reading.ReadingSink}.
 */
@NullMarked
package io.meterlake.format.mscons;

import org.jspecify.annotations.NullMarked;
