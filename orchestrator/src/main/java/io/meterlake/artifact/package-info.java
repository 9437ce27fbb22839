/**
 * The files by which other programs know a SQL project and its runs, in dbt's formats: manifest.json (v12) and
 * run_results.json (v6). In: a {@link io.meterlake.compile.CompiledProject} and a {@link io.meterlake.run.RunResult}. Out:
 * files in the project's {@code target}, and copies beside the run's record. See docs/artifacts.md.
 */
@NullMarked
package io.meterlake.artifact;

import org.jspecify.annotations.NullMarked;
