/**
 * What NEM12 and NEM13 have in common, the two files of AEMO's <i>Meter Data File Format</i>: times, qualities, units,
 * and which update time counts. In: fields of records. Out: our words for them. Next: {@code io.meterlake.format.nem12}
 * and {@code .nem13}.
 */
@NullMarked
package io.meterlake.format.mdff;

import org.jspecify.annotations.NullMarked;
