package io.meterlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.determinism.GateReport;
import io.meterlake.project.ResourceType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code parse}: checks the whole SQL project and counts what is in it. */
@Command(
        name = "parse",
        description = "Checks the SQL project: files, templates, references, settings",
        mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json", defaultValue = "text")
    private TextOrJson output = TextOrJson.TEXT;

    @Override
    public Integer call() throws JsonProcessingException {
        CompiledProject project = options.compile(parent.context(), parent.config());
        GateReport gate = Gate.check(project, parent.context());
        Gate.list(parent.console(), "Deterministic by declaration:", gate.exemptions());
        Map<ResourceType, Long> counts = project.select(options.selection(parent.context(), project.project())).stream()
                .collect(Collectors.groupingBy(CompiledNode::resourceType, Collectors.counting()));
        Artifacts.manifestIfChanged(project, "parse", parent.context().clock());
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("project", project.project().name());
        for (ResourceType type : ResourceType.values()) {
            summary.put(plural(type), counts.getOrDefault(type, 0L));
        }
        summary.put("reports", (long) project.reports().size());
        summary.put(
                "warnings",
                (long) gate.warnings().size()
                        + Gate.warnings(project, parent.context()).size());
        switch (output) {
            case JSON -> parent.console().out().println(new ObjectMapper().writeValueAsString(summary));
            case TEXT -> {
                String text = summary.entrySet().stream()
                        .skip(1)
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
                parent.console()
                        .out()
                        .printf(Locale.ROOT, "%s: %s%n", project.project().name(), text);
            }
        }
        return 0;
    }

    private static String plural(ResourceType type) {
        return type == ResourceType.ANALYSIS ? "analyses" : type.word() + "s";
    }
}
