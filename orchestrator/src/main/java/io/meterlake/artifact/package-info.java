/**
 * The files by which other programs know a SQL project and its runs, in dbt's formats: manifest.json (v12),
 * run_results.json (v6), catalog.json (v1) and sources.json (v3). In: a {@link io.meterlake.compile.CompiledProject}, a
 * {@link io.meterlake.run.RunResult} and what Trino knows of tables. Out: files in the project's {@code target}, and copies
 * beside the run's record. See docs/artifacts.md.
 */
@NullMarked
package io.meterlake.artifact;

import org.jspecify.annotations.NullMarked;
