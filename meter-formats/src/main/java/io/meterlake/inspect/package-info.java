/**
 * Looking into a meter file without a lake. In: a {@link io.meterlake.format.MeterFile} and its format. Out: the
 * canonical CSV, which {@code io.meterlake.format.csv} reads back. Next: nothing; this is an end of the journey.
 */
@NullMarked
package io.meterlake.inspect;

import org.jspecify.annotations.NullMarked;
