package io.meterlake.compile;

import io.meterlake.compile.template.TemplateEngine;
import io.meterlake.project.Problems;
import io.meterlake.project.Project;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all nodes of one compilation share.
 *
 * @param engines gives the template engine, which is made when it is asked for first
 * @param variables the project's, with those of the options on top
 */
record Session(
        Project project,
        CompileOptions options,
        Supplier<TemplateEngine> engines,
        ProjectMacros macros,
        Map<String, Object> variables,
        ResourceIndex index,
        Problems problems) {
    TemplateEngine engine() {
        return engines.get();
    }
}
