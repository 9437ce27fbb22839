/**
 * Files on a disk, plain or compressed. In: a path. Out: a {@link io.meterlake.format.MeterFile} with its checksum.
 * Next: {@link io.meterlake.format.MeterFormats}, which finds the format.
 */
@NullMarked
package io.meterlake.format.file;

import org.jspecify.annotations.NullMarked;
