/**
 * The rules of VEE (validation, estimation, editing) as the SQL project declares them. In: {@code vee_rules} of
 * {@code dbt_project.yml} and the seed {@code meters}, which the models read as well. Out: those whose readings an ingest
 * rejects. Next: {@code cli}; docs/vee.md says what can be written.
 */
@NullMarked
package io.meterlake.vee;

import org.jspecify.annotations.NullMarked;
