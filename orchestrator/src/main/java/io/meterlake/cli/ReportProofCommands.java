package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.engine.Trino;
import io.meterlake.error.ExitCode;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.report.ReportCheck;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportRecords;
import io.meterlake.report.ReportReproduction;
import io.meterlake.report.ReportVerification;
import io.meterlake.report.Reproduction;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What proves a report: {@code report verify|reproduce}. */
final class ReportProofCommands {
    private ReportProofCommands() {}

    /** What the commands work with. */
    record Reports(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {}

    /** One command's work with servers and a lake that are open. */
    @FunctionalInterface
    interface Work {
        ExitCode run(Reports reports, Console console);
    }

    static int run(ReportCommand command, String name, Work work) {
        MeterlakeCommand parent = command.parent();
        Config config = parent.config();
        try (EngineSession session = EngineSession.open(config, "report " + name);
                Lake lake = LakeSession.open(config, parent.context().clock());
                InputsLock inputs = lake.readInputs()) {
            Objects.requireNonNull(inputs);
            ReportFiles files = ReportCommand.files(config);
            command.finish(files, lake);
            Reports reports =
                    new Reports(files, ReportCommand.records(files, lake), new Snapshots(lake), session.trino());
            return work.run(reports, parent.console()).status();
        }
    }

    /** {@code report verify}. */
    @Command(
            name = "verify",
            description = "Says whether a report and all that it was made from are as they were;"
                    + " ends with 3 if something was changed, with 6 if inputs are missing",
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @ParentCommand
        private ReportCommand parent;

        @Parameters(paramLabel = "ID", description = "as `report list` names it")
        private String reportId;

        @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
        private ReportOutput output;

        @Override
        public Integer call() {
            return run(parent, "verify", (reports, console) -> {
                ReportCheck check = new ReportVerification(
                                reports.files(), reports.records(), reports.snapshots(), reports.trino())
                        .verify(reportId);
                new ProofText(console).check(check, output);
                return check.exitCode();
            });
        }
    }

    /** {@code report reproduce}. */
    @Command(
            name = "reproduce",
            description = "Makes a report again from its snapshot and compares the bytes; ends with 0 if they are"
                    + " identical, with 5 if something differs, with 6 if inputs are missing",
            mixinStandardHelpOptions = true)
    static final class Reproduce implements Callable<Integer> {
        @ParentCommand
        private ReportCommand parent;

        @Parameters(paramLabel = "ID", description = "as `report list` names it")
        private String reportId;

        @Option(names = "--keep", paramLabel = "FOLDER", description = "an empty folder for the files that are made")
        private @Nullable Path keep;

        @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
        private ReportOutput output;

        @Override
        public Integer call() {
            return run(parent, "reproduce", (reports, console) -> {
                Reproduction reproduction = new ReportReproduction(
                                reports.files(), reports.records(), reports.snapshots(), reports.trino())
                        .reproduce(
                                reportId,
                                Optional.ofNullable(keep)
                                        .map(folder -> parent.parent()
                                                .context()
                                                .folder()
                                                .resolve(folder)
                                                .toAbsolutePath()
                                                .normalize()));
                new ProofText(console).reproduction(reproduction, output);
                return reproduction.exitCode();
            });
        }
    }
}
