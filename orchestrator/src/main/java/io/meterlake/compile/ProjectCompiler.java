package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_MODEL;

import io.meterlake.compile.template.Macro;
import io.meterlake.compile.template.TemplateEngine;
import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.MacroFile;
import io.meterlake.project.Problems;
import io.meterlake.project.Project;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders a project's templates and builds its graph. */
public final class ProjectCompiler {
    static final String ACTION = "Cannot compile the SQL project";
    static final String HINT = "Mend the lines above, then run `meterlake parse` to see whether more is left.";

    /** Building one takes a good part of a second; templates of all projects can share it. */
    private static final class SharedEngine {
        static final TemplateEngine ENGINE = new TemplateEngine();
    }

    private final Project project;
    private final CompileOptions options;
    private final Problems problems = new Problems();
    private final ProjectMacros macros = new ProjectMacros(() -> read(BuiltInTests.FILE));
    private final Map<String, Object> variables;

    private ProjectCompiler(Project project, CompileOptions options) {
        this.project = project;
        this.options = options;
        this.variables = new LinkedHashMap<>(project.vars());
        this.variables.putAll(options.vars());
    }

    /**
     * Compiles a project. Nothing is written and nothing is asked of Trino.
     *
     * @throws io.meterlake.error.MeterlakeException with a numbered list of all that is wrong, each with its file and
     *     line; a cycle is printed as the path that it takes
     */
    public static CompiledProject compile(Project project, CompileOptions options) {
        return new ProjectCompiler(project, options).compile();
    }

    private CompiledProject compile() {
        readMacros();
        Session declared = session(new ResourceIndex(project, project.all()));
        List<Resource> resources = new ArrayList<>();
        for (Resource resource : project.all()) {
            resources.add(resource instanceof SourceTable source ? located(source, declared) : resource);
        }
        Session session = session(new ResourceIndex(project, resources));
        return new Compilation(session, resources).compile();
    }

    private Session session(ResourceIndex index) {
        return new Session(project, options, () -> SharedEngine.ENGINE, macros, variables, Map.of(), index, problems);
    }

    /** The project's own macros win over those that come along; two of the same name are a mistake. */
    private void readMacros() {
        Map<String, Macro> own = new LinkedHashMap<>();
        for (MacroFile file : project.macroFiles()) {
            for (Macro macro : read(file)) {
                Macro earlier = own.putIfAbsent(macro.name(), macro);
                if (earlier != null) {
                    problems.add(
                            macro.location(),
                            "macro %s is there twice; first in %s".formatted(macro.name(), earlier.location()));
                }
            }
        }
        macros.own(own);
        problems.throwIfAny(INVALID_MODEL, ACTION, HINT);
    }

    private List<Macro> read(MacroFile file) {
        try {
            TemplateEngine engine = SharedEngine.ENGINE;
            return engine.macros(engine.parse(file.file(), file.text()));
        } catch (TemplateFailure failure) {
            problems.add(failure.location(), failure.reason());
            return List.of();
        }
    }

    /** A source with its catalog and the templates in its address filled in. */
    private SourceTable located(SourceTable source, Session session) {
        Relation declared = source.declared();
        String catalog = source.isInTargetCatalog() ? options.target().catalog() : declared.catalog();
        return source.at(new Relation(
                evaluated(catalog, source, session),
                evaluated(declared.schema(), source, session),
                evaluated(declared.identifier(), source, session)));
    }

    private static String evaluated(String name, SourceTable source, Session session) {
        if (!NodeConfigs.isTemplate(name)) {
            return name;
        }
        try {
            ModelScope scope = new ModelScope(session, source, References.NONE, new Recording());
            return String.valueOf(session.engine().value(source.location(), name, scope, session.macros()));
        } catch (TemplateFailure failure) {
            session.problems().add(failure.location(), failure.reason());
            return name;
        }
    }
}
