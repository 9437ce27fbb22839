/**
 * Validated measure data, whatever it is written in: a document of series, each of a metering point, with points that
 * are counted from the start of a period. In: the fields of a document as text, with the names that the syntax gives
 * them. Out: readings and rejects. Next: the syntaxes, {@code io.meterlake.format.cim} and
 * {@code io.meterlake.format.ebix}.
 */
@NullMarked
package io.meterlake.format.measure;

import org.jspecify.annotations.NullMarked;
