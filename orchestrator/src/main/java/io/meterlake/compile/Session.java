package io.meterlake.compile;

import io.meterlake.compile.template.TemplateEngine;
import io.meterlake.project.Problems;
import io.meterlake.project.Project;
import io.meterlake.project.UnitTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all nodes of one compilation share.
 *
 * @param engines gives the template engine, which is made when it is asked for first
 * @param variables the project's, with those of the options on top
 * @param overrides what names mean whatever else they would; empty but for unit tests
 */
record Session(
        Project project,
        CompileOptions options,
        Supplier<TemplateEngine> engines,
        ProjectMacros macros,
        Map<String, Object> variables,
        Map<String, Object> overrides,
        ResourceIndex index,
        Problems problems) {
    /** The same, what is wrong going elsewhere. */
    Session collecting(Problems others) {
        return new Session(project, options, engines, macros, variables, overrides, index, others);
    }

    /**
     * The same as a unit test wants it.
     *
     * @param names what names mean that are overridden
     */
    Session overriding(UnitTest.Overrides test, Map<String, Object> names, Problems others) {
        Map<String, Object> variables = new LinkedHashMap<>(this.variables);
        variables.putAll(test.vars());
        Map<String, String> environment = new LinkedHashMap<>(options.environment());
        environment.putAll(test.environment());
        return new Session(
                project,
                new CompileOptions(
                        options.target(), options.vars(), options.relations().withoutIncrements(), environment),
                engines,
                macros.without(names.keySet()),
                variables,
                names,
                index,
                others);
    }

    TemplateEngine engine() {
        return engines.get();
    }
}
