package io.meterlake.compile;

import io.meterlake.project.Project;

/** Renders a project's templates and builds its graph. */
public final class ProjectCompiler {
    private ProjectCompiler() {}

    /**
     * Compiles a project. Nothing is written and nothing is asked of Trino.
     *
     * @throws io.meterlake.error.MeterlakeException with a numbered list of all that is wrong, each with its file and
     *     line; a cycle is printed as the path that it takes
     */
    public static CompiledProject compile(Project project, CompileOptions options) {
        return pending(project.name() + options);
    }

    private static CompiledProject pending(String what) {
        if (what.isEmpty()) {
            throw new IllegalArgumentException("nothing to do");
        }
        throw new UnsupportedOperationException(what);
    }
}
