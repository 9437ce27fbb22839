/**
 * Refuses readings that no table could hold. In: what a format pushes. Out: the good readings in a
 * {@link io.meterlake.reading.ReadingBuffer}, the others as rejects. Next: {@link io.meterlake.writer.upsert}.
 */
@NullMarked
package io.meterlake.writer.validate;

import org.jspecify.annotations.NullMarked;
