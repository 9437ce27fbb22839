package io.meterlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.project.Exposure;
import io.meterlake.project.Relation;
import io.meterlake.project.ResourceType;
import io.meterlake.project.SourceTable;
import io.meterlake.project.UnitTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ls}: the nodes of the SQL project. */
@Command(
        name = "ls",
        aliases = "list",
        description = "Lists the nodes of the SQL project",
        mixinStandardHelpOptions = true)
final class LsCommand implements Callable<Integer> {
    /** What is printed of each node. */
    enum Output {
        /** The name that a selector takes: folders and name, {@code source:lake.meter_readings}. */
        SELECTOR,
        NAME,
        PATH,
        /** One document with all nodes: {@code {"nodes": [{"unique_id": …}]}}. */
        JSON
    }

    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "selector, name, path or json",
            defaultValue = "selector")
    private Output output = Output.SELECTOR;

    @Override
    public Integer call() throws JsonProcessingException {
        CompiledProject project = options.compile(parent.context(), parent.config());
        List<CompiledNode> nodes = project.select(options.selection(parent.context(), project.project()));
        Artifacts.manifestIfChanged(project, "list", parent.context().clock());
        switch (output) {
            case SELECTOR -> nodes.forEach(node -> print(selector(node)));
            case NAME -> nodes.forEach(node -> print(node.name()));
            case PATH -> nodes.forEach(node -> print(node.location().file()));
            case JSON -> {
                List<Map<String, Object>> described =
                        nodes.stream().map(LsCommand::describe).toList();
                print(new ObjectMapper().writeValueAsString(Map.of("nodes", described)));
            }
        }
        return 0;
    }

    private void print(String line) {
        parent.console().out().println(line);
    }

    private static String selector(CompiledNode node) {
        return switch (node.resource()) {
            case SourceTable source -> "source:" + source.sourceName() + "." + source.name();
            case UnitTest test -> "unit_test:" + test.fqn().getFirst() + "." + test.name();
            case Exposure exposure -> "exposure:" + exposure.fqn().getFirst() + "." + exposure.name();
            default -> String.join(".", node.resource().fqn());
        };
    }

    private static Map<String, Object> describe(CompiledNode node) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("unique_id", node.uniqueId());
        described.put("name", node.name());
        described.put("resource_type", node.resourceType().word());
        described.put("original_file_path", node.location().file());
        described.put("relation", node.builtAs().map(Relation::dotted).orElse(null));
        if (node instanceof CompiledNode.Model model) {
            described.put("materialized", model.materialization().word());
        }
        if (node.resourceType() != ResourceType.SOURCE) {
            described.put("depends_on", node.dependsOn());
        }
        described.put("tags", node.config().tags());
        described.put("description", node.resource().description());
        return described;
    }
}
