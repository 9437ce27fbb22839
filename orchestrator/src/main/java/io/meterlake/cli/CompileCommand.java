package io.meterlake.cli;

import io.meterlake.compile.CompiledFiles;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.CompiledSql;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code compile}: the SQL that would run. */
@Command(
        name = "compile",
        description = {
            "Writes the SQL that would run to target/compiled",
            "One selected node, or --inline, is printed as well."
        },
        mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Option(names = "--inline", paramLabel = "SQL", description = "compiles this instead, with ref and source")
    private @Nullable String inline;

    @Option(
            names = "--paste-models",
            description = "prints one query that reads sources and seeds only, with every model pasted in")
    private boolean pasteModels;

    @Override
    public Integer call() {
        CompiledProject project = options.compile(parent.context(), parent.config());
        if (inline != null) {
            print(project.adHoc("inline", inline).sql());
            return 0;
        }
        Gate.check(project, parent.context());
        List<CompiledNode> nodes = project.select(options.selection(parent.context(), project.project())).stream()
                .filter(node -> node.compiled().isPresent())
                .toList();
        if (pasteModels) {
            nodes.stream()
                    .filter(node -> options.selects(node))
                    .forEach(node -> print(project.inline(node.uniqueId()).sql()));
            return 0;
        }
        int written = CompiledFiles.write(project, nodes);
        Artifacts.manifest(project, "compile", parent.context().clock());
        List<CompiledNode> asked = nodes.stream().filter(options::selects).toList();
        if (asked.size() == 1) {
            asked.getFirst().compiled().map(CompiledSql::sql).ifPresent(this::print);
        }
        parent.console().note("Compiled %d nodes to %s".formatted(written, CompiledFiles.folder(project.project())));
        return 0;
    }

    private void print(String sql) {
        parent.console().out().println(sql);
    }
}
