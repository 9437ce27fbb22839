/**
 * Executes a compiled project. In: a {@link io.meterlake.compile.CompiledProject} and what of it to run. Out: views,
 * tables and seeds in Trino, and a {@link io.meterlake.run.RunResult} with what became of each. A plan is a closed list
 * of {@link io.meterlake.run.Work} and making one has no side effects; {@link io.meterlake.run.PlanRunner} does the work.
 * Next: {@code io.meterlake.report}.
 */
@NullMarked
package io.meterlake.run;

import org.jspecify.annotations.NullMarked;
