/**
 * Jinja as dbt's projects use it, on top of Jinjava. In: a template's text and a
 * {@link io.meterlake.compile.template.Scope} that says what its names mean. Out: text, or a
 * {@link io.meterlake.compile.template.TemplateFailure} at a file and line of the project. What Jinjava does otherwise
 * than Python's Jinja is put right here; nothing in here knows models. Next: {@code io.meterlake.compile}.
 */
@NullMarked
package io.meterlake.compile.template;

import org.jspecify.annotations.NullMarked;
