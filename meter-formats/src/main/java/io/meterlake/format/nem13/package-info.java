/**
 * AEMO's NEM13. In: a {@link io.meterlake.format.MeterFile}. Out: what registers advanced between two reads. Next: the
 * writer, by way of {@link io.meterlake.reading.ReadingSink#registerPeriod}.
 */
@NullMarked
package io.meterlake.format.nem13;

import org.jspecify.annotations.NullMarked;
