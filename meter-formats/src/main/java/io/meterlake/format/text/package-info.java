/**
 * Text on the hot path, byte by byte: records and fields, decimals, times. In: an {@link java.io.InputStream}. Out:
 * slices of a buffer and primitives; a String is made only when a message or a new series needs one. Next: the formats
 * that are made of lines, {@code io.meterlake.format.csv} and {@code io.meterlake.format.nem12}.
 */
@NullMarked
package io.meterlake.format.text;

import org.jspecify.annotations.NullMarked;
