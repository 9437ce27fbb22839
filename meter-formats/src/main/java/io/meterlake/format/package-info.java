/**
 * From bytes to readings. In: a {@link io.meterlake.format.MeterFile}. Out: calls of a
 * {@link io.meterlake.reading.ReadingSink}. One package below this one for each format. Next: the writer's
 * {@code validate} stage.
 */
@NullMarked
package io.meterlake.format;

import org.jspecify.annotations.NullMarked;
