package io.meterlake.cli;

import static io.meterlake.cli.CliErrorCode.INVALID_LIMIT;
import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.CompiledSql;
import io.meterlake.compile.Selection;
import io.meterlake.config.Config;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code show}: the rows of a model, an analysis, a test or a seed, or of SQL with templates. */
@Command(
        name = "show",
        description = "Prints rows of a selected node, or of SQL in which ref() and source() work",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Option(names = "--inline", paramLabel = "SQL", description = "SQL in place of a node")
    private @Nullable String inline;

    @Option(names = "--limit", paramLabel = "N", description = "rows at most; -1: all (default: ${DEFAULT-VALUE})")
    private long limit = 5;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table, csv or json; table on a terminal and csv elsewhere unless told")
    private @Nullable OutputFormat output;

    @Override
    public Integer call() {
        if (limit < ResultPrinter.ALL) {
            throw new MeterlakeException(
                    INVALID_LIMIT,
                    "Cannot show %d rows: there are no fewer than none".formatted(limit),
                    "Write --limit with a number of rows, or -1 for all.");
        }
        Config config = parent.config();
        CompiledProject project = options.compile(parent.context(), config);
        String sql = inline == null
                ? selected(project)
                : project.adHoc("--inline", inline).sql();
        try (EngineSession session = EngineSession.open(config, "show")) {
            new ResultPrinter(parent.console(), output).print(session.trino(), sql, limit);
        }
        return ExitCode.OK.status();
    }

    private String selected(CompiledProject project) {
        Selection selection = options.selection(parent.context(), project.project());
        List<CompiledNode> nodes = selection.select().isEmpty() ? List.of() : project.select(selection);
        // Selecting a model selects its tests, too; they are not what is meant.
        List<CompiledNode> shown = nodes.stream()
                .filter(node ->
                        node.resourceType() != ResourceType.UNIT_TEST && node.resourceType() != ResourceType.EXPOSURE)
                .filter(node -> nodes.size() == 1 || !(node instanceof CompiledNode.Test))
                .toList();
        if (shown.size() != 1) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    "Cannot show rows: one node must be selected, and there are " + shown.size(),
                    "Name one, such as `./meterlake show --select fct_settlement`, or write --inline SQL.");
        }
        CompiledNode node = shown.getFirst();
        Optional<String> sql = node.compiled().map(CompiledSql::sql);
        return sql.orElseGet(
                () -> "select * from " + node.builtAs().orElseThrow().sql());
    }
}
