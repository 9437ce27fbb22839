/**
 * Opens landing files. In: a path. Out: a {@link io.meterlake.writer.source.LandingFile}, which knows its
 * checksum and gives its decompressed bytes. Next: a format of {@code meter-formats}, then
 * {@link io.meterlake.writer.validate}.
 */
@NullMarked
package io.meterlake.writer.source;

import org.jspecify.annotations.NullMarked;
