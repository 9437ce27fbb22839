/**
 * Refuses readings that a table could hold and that cannot be true: the part of VEE (validation, estimation, editing)
 * that a file alone decides. In: what {@link io.meterlake.writer.validate} passed, and the rules of a utility. Out: the
 * plausible readings, the others as rejects, both to {@link io.meterlake.writer.upsert}, which is next. What needs a
 * meter's history is decided by the models in {@code sql-models}.
 */
@NullMarked
package io.meterlake.writer.validate.plausibility;

import org.jspecify.annotations.NullMarked;
