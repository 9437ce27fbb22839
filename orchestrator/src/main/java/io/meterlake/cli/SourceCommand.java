package io.meterlake.cli;

import io.meterlake.artifact.ArtifactFiles;
import io.meterlake.artifact.Invocation;
import io.meterlake.artifact.SourcesDocument;
import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.config.Config;
import io.meterlake.engine.EngineException;
import io.meterlake.freshness.FreshnessCheck;
import io.meterlake.freshness.FreshnessResult;
import io.meterlake.freshness.FreshnessStatus;
import io.meterlake.freshness.SourceAge;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.project.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code source freshness}. */
@Command(
        name = "source",
        description = "Asks how old the data in the sources are",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(freshness)")
final class SourceCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "freshness",
            description = {
                "Compares the newest row of each source with its warn_after and error_after, and writes target/sources.json",
                "Ends with 3 if one is older than error_after, with 1 if one cannot be asked."
            },
            mixinStandardHelpOptions = true)
    int freshness(@Mixin ProjectOptions options, @Mixin RunOutput output) {
        CommandContext context = parent.context();
        Config config = parent.config();
        CompiledProject project = options.compile(context, config);
        List<CompiledNode> sources =
                project.select(options.selection(context, project.project()).of(ResourceType.SOURCE));
        Invocation invocation = Artifacts.manifest(project, "freshness", context.clock());
        FreshnessResult result;
        try (EngineSession session = EngineSession.open(config, "source")) {
            result = new FreshnessCheck(session.trino(), options.threads(config), context.clock())
                    .run(sources, this::tell);
        }
        String document = SourcesDocument.of(
                project.options(), invocation, result, context.clock().instant());
        ArtifactFiles.write(project.project().targetFolder(), ArtifactFiles.SOURCES, document);
        String counts = Stream.of(FreshnessStatus.values())
                .filter(status -> result.count(status) > 0)
                .map(status -> result.count(status) + " " + status.word())
                .collect(Collectors.joining(", "));
        parent.console()
                .note("Done: " + (counts.isEmpty() ? "no selected source has a freshness to be checked" : counts));
        if (output.isJson()) {
            parent.console().out().println(document);
        }
        return result.exitCode().status();
    }

    private void tell(SourceAge age) {
        String name = age.source().resource().sourceName() + "." + age.source().name();
        switch (age) {
            case SourceAge.Known known -> {
                String line = "%s freshness of %s (%s)".formatted(word(known.status()), name, found(known));
                parent.console()
                        .log()
                        .write(
                                switch (known.status()) {
                                    case PASS -> LogEvent.info(line);
                                    case WARN -> LogEvent.warning(line);
                                    case ERROR, RUNTIME_ERROR -> LogEvent.error(line);
                                });
            }
            case SourceAge.Unknown unknown -> {
                String line = "ERROR in freshness of %s: %s".formatted(name, unknown.message());
                String fix = unknown.cause() instanceof EngineException failure
                        ? failure.hint()
                        : "Name the column that says when a row was loaded, as loaded_at_field.";
                parent.console().log().write(LogEvent.error(line).with(Field.FIX, fix));
            }
        }
    }

    private static String word(FreshnessStatus status) {
        return switch (status) {
            case PASS -> "PASS";
            case WARN -> "WARN";
            case ERROR, RUNTIME_ERROR -> "STALE";
        };
    }

    private static String found(SourceAge.Known known) {
        return known.isEmpty() ? "no rows" : "newest of " + known.loadedAt() + ", " + age(known.age()) + " old";
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        return age.toHours() > 0
                ? age.toHours() + " h " + age.toMinutesPart() + " min"
                : age.toMinutes() + " min " + age.toSecondsPart() + " s";
    }
}
