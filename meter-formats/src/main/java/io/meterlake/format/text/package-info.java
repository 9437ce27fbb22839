/**
 * Text on the hot path, byte by byte: records and fields, decimals, times. In: an {@link java.io.InputStream}. Out:
 * slices of a buffer and primitives; a String is made only when a message or a new series needs one; and what is wrong
 * with a record, in words. Next: the formats.
 */
@NullMarked
package io.meterlake.format.text;

import org.jspecify.annotations.NullMarked;
