package io.meterlake.cli;

import io.meterlake.json.JsonDocuments;
import io.meterlake.lineage.LineageProblem;
import io.meterlake.report.LineageCheck;
import io.meterlake.report.ReportCheck;
import io.meterlake.report.ReportProblem;
import io.meterlake.report.Reproduction;
import io.meterlake.report.Reproduction.FileComparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints whether reports hold: for a person, or as one JSON document. */
final class ProofText {
    private static final String AT_THE_END = "(nothing: the file has ended)";

    private final Console console;

    ProofText(Console console) {
        this.console = console;
    }

    void check(ReportCheck check, ReportOutput output) {
        check.problems().forEach(problem -> new Told(console.log()).problem(check.reportId(), problem));
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("report_id", check.reportId());
                document.put("status", check.status());
                document.put("snapshot_id", check.snapshotId());
                document.put(
                        "verdict",
                        switch (check.verdict()) {
                            case NOTE -> "well";
                            case MISSING -> "inputs_missing";
                            case TAMPERED -> "changed";
                        });
                document.put("base_files_checked", check.baseFiles());
                document.put("problems", problems(check.problems(), check.concerned()));
                json(document);
            }
            case TABLE -> {
                problemLines(check.problems(), check.concerned());
                line(check.reportId() + " (" + check.status() + "): "
                        + switch (check.verdict()) {
                            case NOTE -> "all is as it was; %d base files looked at".formatted(check.baseFiles());
                            case MISSING -> "inputs are missing";
                            case TAMPERED -> "something was changed";
                        });
            }
        }
    }

    void reproduction(Reproduction reproduction, ReportOutput output) {
        reproduction.missing().forEach(problem -> new Told(console.log()).problem(reproduction.reportId(), problem));
        switch (output) {
            case JSON -> json(document(reproduction));
            case TABLE -> {
                problemLines(reproduction.missing(), reproduction.concerned());
                reproduction.files().forEach(this::fileLines);
                if (reproduction.outcome() != Reproduction.Outcome.INPUTS_MISSING
                        && !reproduction.contentHash().equals(reproduction.rebuiltContentHash())) {
                    line("the rows are other ones: their content hash is %s and was %s"
                            .formatted(reproduction.rebuiltContentHash(), reproduction.contentHash()));
                }
                reproduction.notes().forEach(note -> line("note: " + note));
                if (reproduction.kept() != null) {
                    line("the files that were made now are in " + reproduction.kept());
                }
                line(reproduction.reportId() + ": "
                        + switch (reproduction.outcome()) {
                            case IDENTICAL -> "identical, byte for byte";
                            case DIFFERS -> "differs";
                            case INPUTS_MISSING -> "cannot be made again: inputs are missing or were changed";
                        });
            }
        }
    }

    void lineage(LineageCheck check, ReportOutput output) {
        check.problems().forEach(new Told(console.log())::problem);
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("rows", check.rows());
                document.put("reports", check.reports());
                document.put("whole", check.problems().isEmpty());
                document.put("unfinished", check.unfinished());
                document.put(
                        "problems",
                        check.problems().stream().map(ProofText::problem).toList());
                json(document);
            }
            case TABLE -> {
                check.problems().forEach(problem -> line(word(problem.kind()) + ": " + problem.text()));
                check.unfinished().forEach(id -> line("note: the next report command writes the rows of " + id));
                line("%s of %s: %s"
                        .formatted(
                                Counted.of(check.rows(), "lineage row"),
                                Counted.of(check.reports(), "report"),
                                check.problems().isEmpty()
                                        ? "one chain, and all is as it was written"
                                        : Counted.of(check.problems().size(), "problem")));
            }
        }
    }

    private void problemLines(List<ReportProblem> problems, Map<String, List<String>> concerned) {
        for (ReportProblem problem : problems) {
            line((problem.verdict() == ReportProblem.Verdict.NOTE ? "note: " : "") + problem.text());
            List<String> others = concerned.getOrDefault(problem.text(), List.of());
            if (!others.isEmpty()) {
                line("  it concerns " + String.join(", ", others) + ", too");
            }
        }
    }

    private void fileLines(FileComparison file) {
        boolean rebuilt = file.rebuiltSha256().equals(file.sha256());
        String state = file.identical() ? "identical" : rebuilt ? "the stored file was changed" : "differs";
        String gone = file.storedSha256() == null ? "; the stored file is gone, --keep brings it back" : "";
        line("%s: %s%s".formatted(file.name(), state, gone));
        for (Reproduction.LineDifference difference : file.differences()) {
            line("  line %d".formatted(difference.line()));
            line("    expected %s".formatted(Objects.requireNonNullElse(difference.expected(), AT_THE_END)));
            line("    found    %s".formatted(Objects.requireNonNullElse(difference.found(), AT_THE_END)));
        }
    }

    private static Map<String, @Nullable Object> document(Reproduction reproduction) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("report_id", reproduction.reportId());
        document.put("outcome", word(reproduction.outcome()));
        document.put("content_hash", reproduction.contentHash());
        document.put("rebuilt_content_hash", reproduction.rebuiltContentHash());
        document.put("files", reproduction.files());
        document.put("missing", problems(reproduction.missing(), reproduction.concerned()));
        document.put("notes", reproduction.notes());
        document.put(
                "kept", reproduction.kept() == null ? null : reproduction.kept().toString());
        return document;
    }

    private static List<Map<String, Object>> problems(
            List<ReportProblem> problems, Map<String, List<String>> concerned) {
        return problems.stream()
                .map(problem -> {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("verdict", word(problem.verdict()));
                    document.put(
                            "kind",
                            switch (problem) {
                                case ReportProblem.Own own -> "report";
                                case ReportProblem.Lineage lineage -> "lineage";
                                case ReportProblem.SnapshotGone gone -> "snapshot";
                                case ReportProblem.InputFile file -> "base_file";
                                case ReportProblem.SeedTable seed -> "seed";
                                case ReportProblem.FileList list -> "file_list";
                                case ReportProblem.SnapshotState state -> "snapshot_state";
                            });
                    document.put(
                            "file",
                            problem.pinnedFile()
                                    .map(file -> file.relativePath())
                                    .orElse(""));
                    document.put("text", problem.text());
                    document.put("other_reports", concerned.getOrDefault(problem.text(), List.of()));
                    return document;
                })
                .toList();
    }

    private static Map<String, Object> problem(LineageProblem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", word(problem.kind()));
        document.put("report_id", problem.reportId());
        document.put("table_name", problem.tableName());
        document.put("text", problem.text());
        return document;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void json(Map<String, ?> document) {
        console.out().print(JsonDocuments.document(document));
    }

    private void line(String text) {
        console.out().println(text);
    }
}
