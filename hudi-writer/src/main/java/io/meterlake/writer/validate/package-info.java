/**
 * Refuses readings that no table could hold. In: what a format pushes. Out: the good readings, the
 * others as rejects, both to {@link io.meterlake.writer.upsert}, which is next.
 */
@NullMarked
package io.meterlake.writer.validate;

import org.jspecify.annotations.NullMarked;
