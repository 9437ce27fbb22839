package io.meterlake.cli;

import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.IngestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of a file, in words. */
final class IngestText {
    private IngestText() {}

    static List<String> lines(IngestOutcome outcome) {
        String name = outcome.file().getFileName().toString();
        List<String> lines = new ArrayList<>();
        switch (outcome.status()) {
            case INGESTED -> lines.add("%s: %s".formatted(name, counts(outcome)) + commit(outcome));
            case ALREADY_INGESTED -> lines.add(name + ": ingested before, nothing to do");
            case REJECTED -> {
                lines.add("%s: rejected: %s".formatted(name, outcome.reason()));
                if (!outcome.hint().isEmpty()) {
                    lines.add("  Fix: " + outcome.hint());
                }
            }
        }
        if (outcome.status() == IngestOutcome.Status.INGESTED && outcome.rowsRejected() > 0) {
            lines.add("  see: ./meterlake rejects list --file '%s'".formatted(name));
        }
        return lines;
    }

    /** What would become of it. */
    static List<String> dryRun(IngestOutcome outcome) {
        String name = outcome.file().getFileName().toString();
        return switch (outcome.status()) {
            case INGESTED -> List.of("%s: would be %s".formatted(name, counts(outcome)));
            case ALREADY_INGESTED -> List.of(name + ": ingested before, nothing would be done");
            case REJECTED ->
                outcome.hint().isEmpty()
                        ? List.of("%s: would be rejected: %s".formatted(name, outcome.reason()))
                        : List.of(
                                "%s: would be rejected: %s".formatted(name, outcome.reason()),
                                "  Fix: " + outcome.hint());
        };
    }

    private static String counts(IngestOutcome outcome) {
        String counts = Stream.of(
                        count(outcome.rowsNew(), "new"),
                        count(outcome.rowsChanged(), "changed"),
                        count(outcome.rowsUnchanged(), "unchanged"),
                        count(outcome.rowsLate(), "late"),
                        count(outcome.rowsDuplicate(), "superseded by a later line or file"),
                        count(outcome.rowsRejected(), "rejected"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "no readings" : counts;
    }

    private static String count(long rows, String word) {
        return rows == 0 ? "" : rows + " " + word;
    }

    private static String commit(IngestOutcome outcome) {
        if (outcome.commit() == null) {
            return "; no commit was needed";
        }
        String commit = "; commit " + outcome.commit().requested();
        return outcome.written().ofFiles() == 1 ? commit + ", " + written(outcome.written()) : commit;
    }

    /** What the commit of several files wrote. */
    static String together(CompletedInstant commit, IngestOutcome.Written written) {
        return "Commit %s of %s: %d rows new or changed, %s"
                .formatted(
                        commit.requested(),
                        Counted.of(written.ofFiles(), "file"),
                        written.rowsNewOrChanged(),
                        written(written));
    }

    private static String written(IngestOutcome.Written written) {
        return "%s (%s) of %s written"
                        .formatted(
                                Counted.of(written.baseFiles(), "file"),
                                size(written.bytes()),
                                Counted.of(written.days().size(), "day"))
                + rewritten(written);
    }

    private static String rewritten(IngestOutcome.Written written) {
        return written.replaced() == 0
                ? ""
                : ", %d of them rewritten: write amplification %d (rows written for each new or changed one)"
                        .formatted(written.replaced(), Math.round(written.amplification()));
    }

    static String size(long bytes) {
        return bytes < 1_000_000 ? (bytes + 999) / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }
}
