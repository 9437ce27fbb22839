package io.meterlake.cli;

import io.meterlake.audit.AuditCheck;
import io.meterlake.audit.AuditEntry;
import io.meterlake.audit.AuditTrail;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code audit list} and {@code audit verify}. */
@Command(
        name = "audit",
        description = "Who ran what and what came of it, and whether the trail of it is whole",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | verify)")
final class AuditCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(name = "list", description = "Lists the entries, the newest first", mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--last",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "at most so many; 0: all (default: ${DEFAULT-VALUE})")
                    int last,
            @Option(names = "--person", paramLabel = "NAME", description = "only of this user of the machine") @Nullable
                    String person,
            @Option(
                            names = "--command",
                            paramLabel = "NAME",
                            description = "only of this command and its subcommands, as report or 'report sign'")
                    @Nullable
                    String command,
            @Option(
                            names = "--about",
                            paramLabel = "TEXT",
                            description = "only where this stands in what the command was given or had to do with")
                    @Nullable
                    String about,
            @Option(
                            names = "--since",
                            paramLabel = "DATE",
                            description = "only from the beginning of this day in UTC on")
                    @Nullable
                    LocalDate since,
            @Option(names = "--failed", description = "only what failed or was refused") boolean failed,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        long most = LastFew.most(last, "entries");
        List<AuditEntry> entries = trail().entries().reversed().stream()
                .filter(entry -> person == null || entry.person().equals(person))
                .filter(entry -> command == null || isOf(entry, command))
                .filter(entry -> about == null || isAbout(entry, about))
                .filter(entry -> since == null
                        || !entry.time().isBefore(since.atStartOfDay().toInstant(ZoneOffset.UTC)))
                .filter(entry -> !failed || (entry.exitCode() != null && entry.exitCode() != 0))
                .limit(most)
                .toList();
        if (output == TextOrJson.JSON) {
            parent.console().out().print(JsonDocuments.document(Map.of("entries", entries)));
            return ExitCode.OK.status();
        }
        entries.forEach(entry -> parent.console().out().println(line(entry)));
        if (entries.isEmpty()) {
            parent.console().note("There is no such entry.");
        }
        return ExitCode.OK.status();
    }

    private static boolean isOf(AuditEntry entry, String command) {
        return entry.command().equals(command) || entry.command().startsWith(command + " ");
    }

    private static boolean isAbout(AuditEntry entry, String text) {
        return entry.arguments().stream().anyMatch(word -> word.contains(text))
                || entry.objects().stream().anyMatch(object -> object.contains(text));
    }

    private static String line(AuditEntry entry) {
        String end =
                entry.exitCode() == null ? "" : entry.exitCode() == 0 ? " ok" : " (%d)".formatted(entry.exitCode());
        String rejected = entry.rowsRejected() == 0 ? "" : "; %d rejected".formatted(entry.rowsRejected());
        String error = entry.error() == null
                ? ""
                : ": "
                        + String.join(
                                " ", entry.error().lines().map(String::strip).toList());
        return "%6d  %s  %s@%s  %s%s  meterlake %s%s%s"
                .formatted(
                        entry.number(),
                        entry.time(),
                        entry.person(),
                        entry.host(),
                        entry.event().word(),
                        end,
                        String.join(" ", entry.arguments()),
                        rejected,
                        error);
    }

    @Command(
            name = "verify",
            description = "Follows the chain of hashes; ends with 3 if an entry was changed or taken out",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--holds",
                            paramLabel = "N:HASH",
                            description = "an entry that must be there, as an earlier verify printed it: without one,"
                                    + " entries that were cut off from the end cannot be missed")
                    @Nullable
                    String holds,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        Optional<AuditCheck.Mark> noted = Optional.ofNullable(holds).map(AuditCommand::mark);
        AuditCheck check = trail().check(noted);
        ExitCode status = check.problems().isEmpty() ? ExitCode.OK : ExitCode.DATA;
        if (output == TextOrJson.JSON) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("whole", check.problems().isEmpty());
            document.put("entries", check.entries());
            check.last().ifPresent(last -> document.put("last", last.toString()));
            document.put("problems", check.problems());
            document.put("cut_off", check.cutOff());
            parent.console().out().print(JsonDocuments.document(document));
            return status.status();
        }
        check.problems().forEach(problem -> parent.console().out().println("broken  " + problem));
        check.cutOff()
                .forEach(place -> parent.console()
                        .out()
                        .println("note    " + place
                                + ": a line without its end: who wrote it was killed, or the disk was full"));
        parent.console()
                .out()
                .println(
                        check.last().isEmpty()
                                ? "There are no entries."
                                : check.problems().isEmpty()
                                        ? "%d entries, one chain. Note its end elsewhere, and give it to --holds next time: %s"
                                                .formatted(
                                                        check.entries(),
                                                        check.last().get())
                                        : "%d entries; the trail is not what was written.".formatted(check.entries()));
        return status.status();
    }

    private static AuditCheck.Mark mark(String text) {
        return AuditCheck.Mark.parse(text)
                .orElseThrow(() -> new MeterlakeException(
                        CliErrorCode.NO_AUDIT_MARK,
                        "Cannot look for the entry '%s': it is no number and hash".formatted(text),
                        "Write it as `audit verify` printed it, such as 12:9f86d0…"));
    }

    private AuditTrail trail() {
        return AuditNote.trail(parent.config());
    }
}
