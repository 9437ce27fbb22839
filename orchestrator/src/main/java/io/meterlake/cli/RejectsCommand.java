package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.vee.VeeRules;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rejects list|show|retry}: what was refused, and what becomes of it when its cause is mended. */
@Command(
        name = "rejects",
        description = "Shows records that were rejected, and takes them in once a mapping or a parser is mended",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show | retry)")
final class RejectsCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "list",
            description = "Lists rejected records, those of the newest files first, or counts them",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--utility", paramLabel = "NAME", description = "only of this utility") @Nullable
                    String utility,
            @Option(names = "--file", paramLabel = "NAME", description = "only of files with this name") @Nullable
                    String file,
            @Option(names = "--reason", paramLabel = "TEXT", description = "only where the field or reason holds this")
                    @Nullable
                    String reason,
            @Option(names = "--day", paramLabel = "DATE", description = "only of files received on this day in UTC")
                    @Nullable
                    LocalDate day,
            @Option(names = "--all", description = "also those that a later try took in") boolean all,
            @Option(
                            names = "--by",
                            split = ",",
                            paramLabel = "utility|file|reason|day",
                            description = "count them by these, such as utility,reason")
                    @Nullable
                    List<RejectsBy> by,
            @Option(
                            names = "--last",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "at most so many; 0: all (default: ${DEFAULT-VALUE})")
                    int last,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        long most = LastFew.most(last, "rejects");
        List<RejectedRecord> records = records().stream()
                .filter(one -> all || one.resolvedAt() == null)
                .filter(one -> utility == null || RejectsBy.UTILITY.of(one).equals(utility))
                .filter(one -> file == null || one.sourceFile().equals(file))
                .filter(one -> reason == null || one.problem().contains(reason))
                .filter(one -> day == null || one.receivedDate().equals(day))
                .toList();
        RejectsText text = new RejectsText(parent.console());
        if (by == null) {
            text.list(records, most, output);
        } else {
            text.counts(records, by, output);
        }
        return ExitCode.OK.status();
    }

    @Command(
            name = "show",
            description = "Shows a rejected record: where it is, what is wrong, how to mend it, and its text",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "as `rejects list` names it, or FILE:LINE") String id,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        List<RejectedRecord> found =
                records().stream().filter(one -> one.isNamed(id)).toList();
        if (found.size() != 1) {
            throw new MeterlakeException(
                    CliErrorCode.NO_SUCH_REJECT,
                    found.isEmpty()
                            ? "Cannot show the reject %s: there is none".formatted(id)
                            : "Cannot show the reject %s: there are %s"
                                    .formatted(
                                            id,
                                            String.join(
                                                    ", ",
                                                    found.stream()
                                                            .map(RejectedRecord::id)
                                                            .toList())),
                    "Name one of `./meterlake rejects list --all`.");
        }
        new RejectsText(parent.console()).show(found.getFirst(), output);
        return ExitCode.OK.status();
    }

    @Command(
            name = "retry",
            description = "Reads files once more of which something was rejected, with a mended mapping or parser",
            footer = {
                "",
                "Files are known by their content. What is in already stays as it is, and what a later file says still"
                        + " wins; rejects that pass now are marked as resolved. Ends with 3 if any are left."
            },
            mixinStandardHelpOptions = true)
    int retry(
            @Mixin FormatOptions options,
            @Option(
                            names = "--utility",
                            paramLabel = "NAME",
                            defaultValue = "",
                            description = "who sent the files; whoever did the first time if not given")
                    String utility,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "files as they were delivered, or folders that hold some")
                    List<Path> paths) {
        Config config = parent.config();
        Path folder = parent.context().folder();
        List<Path> places =
                paths.stream().map(path -> folder.resolve(path).normalize()).toList();
        IngestFiles files = new IngestFiles(utility, options.named(folder), options.formats(folder));
        IngestOutput printed =
                IngestOutput.of(parent.console(), output, parent.context().clock());
        List<RetryFiles.Retry> retries;
        List<IngestOutcome> outcomes;
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            List<Path> named = places.stream()
                    .filter(Files::isRegularFile)
                    .map(Path::toAbsolutePath)
                    .toList();
            retries = new RetryFiles(lake).of(files.requests(places), named);
            outcomes = new Ingest(lake, printed.stages())
                    .rejecting(VeeRules.read(config.path(Setting.MODELS_PATH)))
                    .ingest(retries.stream().map(RetryFiles.Retry::request).toList());
        } catch (RuntimeException e) {
            return printed.failed(e, parent.debug());
        }
        printed.complete();
        long before = retries.stream().mapToLong(RetryFiles.Retry::rejected).sum();
        long left = outcomes.stream().mapToLong(IngestOutcome::rowsRejected).sum();
        parent.console()
                .note(
                        retries.isEmpty()
                                ? "Nothing of these files is rejected."
                                : "%s read once more: %s before, %d now."
                                        .formatted(
                                                Counted.of(retries.size(), "file"),
                                                Counted.of(before, "reject"),
                                                left));
        return IngestCommand.exitCode(outcomes).status();
    }

    private List<RejectedRecord> records() {
        try (Lake lake = LakeSession.open(parent.config(), parent.context().clock())) {
            return RejectedRecord.all(Objects.requireNonNull(lake));
        }
    }
}
