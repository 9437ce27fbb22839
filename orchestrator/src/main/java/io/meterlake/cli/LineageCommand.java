package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.lake.Lake;
import io.meterlake.report.LineageCheck;
import io.meterlake.report.LineageVerification;
import io.meterlake.report.ReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code lineage verify}. */
@Command(
        name = "lineage",
        description = "Checks the records of what reports were made from",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(verify)")
final class LineageCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "verify",
            description = "Compares the chain of lineage rows with its hashes, its copies beside the reports and the"
                    + " table of reports; ends with 3 if a row was changed, is missing or is too much",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        Config config = parent.config();
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            ReportFiles files = ReportCommand.files(config);
            LineageCheck check = new LineageVerification(files, ReportCommand.records(files, lake)).check();
            new ProofText(parent.console()).lineage(check, output);
            return check.exitCode().status();
        }
    }
}
