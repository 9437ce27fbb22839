package io.meterlake.compile;

import io.meterlake.compile.template.Macro;
import io.meterlake.compile.template.TemplateEngine;
import io.meterlake.project.Problems;
import io.meterlake.project.Project;
import java.util.Map;

/**
 * What all nodes of one compilation share.
 *
 * @param variables the project's, with those of the options on top
 */
record Session(
        Project project,
        CompileOptions options,
        TemplateEngine engine,
        Map<String, Macro> macros,
        Map<String, Object> variables,
        ResourceIndex index,
        Problems problems) {}
