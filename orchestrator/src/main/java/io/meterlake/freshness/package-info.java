/**
 * How old the sources are. In: a {@link io.meterlake.compile.CompiledProject} whose sources say when their rows were loaded
 * and how old the newest may be. Out: a {@link io.meterlake.freshness.FreshnessResult}. Next: {@code io.meterlake.artifact},
 * which writes sources.json.
 */
@NullMarked
package io.meterlake.freshness;

import org.jspecify.annotations.NullMarked;
