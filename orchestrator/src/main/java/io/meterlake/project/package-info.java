/**
 * The SQL project as it is written. In: a folder in dbt's layout ({@code dbt_project.yml}, SQL, YAML, CSV). Out: one
 * {@link io.meterlake.project.Project} of models, seeds, sources, tests, analyses and macros, nothing rendered yet.
 * Next: {@code io.meterlake.compile}.
 */
@NullMarked
package io.meterlake.project;

import org.jspecify.annotations.NullMarked;
