package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.report.ReportComparison;
import io.meterlake.report.ReportDiff;
import io.meterlake.report.ReportImpact;
import io.meterlake.report.ReportImpacts;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What corrections do to reports: {@code report diff|impact}. */
final class ReportDiffCommands {
    private ReportDiffCommands() {}

    /** {@code report diff}. */
    @Command(
            name = "diff",
            description = "Says what changed in kWh from one report to another, and which corrections did it",
            mixinStandardHelpOptions = true)
    static final class Diff implements Callable<Integer> {
        @ParentCommand
        private ReportCommand parent;

        @Parameters(index = "0", paramLabel = "ID", description = "a report as `report list` names it")
        private String one;

        @Parameters(index = "1", paramLabel = "ID", description = "another one of the same name")
        private String other;

        @Option(
                names = "--output",
                paramLabel = "FORMAT",
                defaultValue = "table",
                description = "table, json, or csv: a line for each interval")
        private OutputFormat output;

        @Override
        public Integer call() {
            return ReportProofCommands.run(parent, "diff", (reports, console) -> {
                ReportDiff diff = new ReportComparison(
                                reports.files(), reports.records(), reports.snapshots(), reports.trino())
                        .diff(one, other);
                new DiffText(console).diff(diff, output);
                return ExitCode.OK;
            });
        }
    }

    /** {@code report impact}. */
    @Command(
            name = "impact",
            description = "Says which signed reports later readings touch, and how many kWh for each partner",
            mixinStandardHelpOptions = true)
    static final class Impact implements Callable<Integer> {
        @ParentCommand
        private ReportCommand parent;

        @Option(names = "--since", paramLabel = "SNAPSHOT", description = "only what came after this snapshot")
        private @Nullable String since;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "only what this file brought and what still stands: its name or its SHA-256")
        private @Nullable String file;

        @Option(
                names = "--output",
                paramLabel = "FORMAT",
                defaultValue = "table",
                description = "table, json, or csv: a line for each report and partner")
        private OutputFormat output;

        @Override
        public Integer call() {
            return ReportProofCommands.run(parent, "impact", (reports, console) -> {
                ReportImpact impact = new ReportImpacts(
                                reports.files(), reports.records(), reports.snapshots(), reports.trino())
                        .impact(Optional.ofNullable(since), Optional.ofNullable(file));
                new DiffText(console).impact(impact, output);
                return ExitCode.OK;
            });
        }
    }
}
