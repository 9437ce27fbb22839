/**
 * From templates to SQL. In: a {@link io.meterlake.project.Project}, variables and where tables are. Out: a
 * {@link io.meterlake.compile.CompiledProject}: each node's SQL, its relation and what it depends on, in an order that
 * can be run. Pure: no Trino, no clock, nothing written. Next: {@code io.meterlake.run} and {@code io.meterlake.report}.
 */
@NullMarked
package io.meterlake.compile;

import org.jspecify.annotations.NullMarked;
