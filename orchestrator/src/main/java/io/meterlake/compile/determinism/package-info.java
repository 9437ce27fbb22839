/**
 * The determinism gate. In: a {@link io.meterlake.compile.CompiledProject}. Out: a
 * {@link io.meterlake.compile.determinism.GateReport}: what could make the same query on the same data give another
 * result, each with its line in the template and what to write instead. Reads SQL with Trino's own parser and asks
 * nobody for types, so of columns it knows what the project's files say. Next: {@code io.meterlake.run} and
 * {@code io.meterlake.report}, which are refused models that could not be reproduced.
 */
@NullMarked
package io.meterlake.compile.determinism;

import org.jspecify.annotations.NullMarked;
