package io.meterlake.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meterlake.json.JsonDocuments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints rejected records: for a person, or as one JSON document. */
final class RejectsText {
    private final Console console;

    RejectsText(Console console) {
        this.console = console;
    }

    /** @param limit at most so many are printed */
    void list(List<RejectedRecord> records, long limit, TextOrJson output) {
        List<RejectedRecord> shown = records.stream().limit(limit).toList();
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("count", records.size());
                document.put(
                        "rejects", shown.stream().map(RejectsText::document).toList());
                console.out().print(JsonDocuments.document(document));
            }
            case TEXT -> {
                int width =
                        shown.stream().mapToInt(one -> one.id().length()).max().orElse(0);
                for (RejectedRecord one : shown) {
                    console.out()
                            .println("%s  %s  %s:%d: %s%s"
                                    .formatted(
                                            one.id()
                                                    + " "
                                                            .repeat(width
                                                                    - one.id().length()),
                                            RejectsBy.UTILITY.of(one),
                                            one.sourceFile(),
                                            one.line(),
                                            one.problem(),
                                            one.resolvedAt() == null ? "" : " (resolved " + one.resolvedAt() + ")"));
                }
                tellHowMany(records.size(), shown.size());
            }
        }
    }

    private void tellHowMany(int all, int shown) {
        if (all == 0) {
            console.note("There is no such reject.");
        } else if (shown < all) {
            console.note("%d of %s; --last 0 lists all, --by counts them.".formatted(shown, Counted.of(all, "reject")));
        }
    }

    /** Counts them by these, the most first. */
    void counts(List<RejectedRecord> records, List<RejectsBy> by, TextOrJson output) {
        Map<List<String>, Long> counts = records.stream()
                .collect(Collectors.groupingBy(
                        one -> by.stream().map(key -> key.of(one)).toList(), Collectors.counting()));
        List<Map.Entry<List<String>, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<List<String>, Long>comparingByValue()
                .reversed()
                .thenComparing(entry -> String.join("\t", entry.getKey()), Comparator.naturalOrder()));
        switch (output) {
            case JSON ->
                console.out()
                        .print(JsonDocuments.document(Map.of(
                                "counts",
                                sorted.stream()
                                        .map(entry -> document(by, entry.getKey(), entry.getValue()))
                                        .toList())));
            case TEXT -> {
                sorted.forEach(entry -> console.out()
                        .println("%7d  %s".formatted(entry.getValue(), String.join("  ", entry.getKey()))));
                tellHowMany(records.size(), records.size());
            }
        }
    }

    private static Map<String, Object> document(List<RejectsBy> by, List<String> values, long count) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            document.put(by.get(i).word(), values.get(i));
        }
        document.put("count", count);
        return document;
    }

    void show(RejectedRecord one, TextOrJson output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(document(one)));
            case TEXT -> {
                line("reject", one.id());
                line("at", one.sourceFile() + ":" + one.line());
                line("utility", RejectsBy.UTILITY.of(one));
                line("received", one.receivedAt().toString());
                line("field", one.field());
                line("reason", one.reason());
                line("fix", one.hint());
                line(
                        "resolved",
                        one.resolvedAt() == null ? "" : one.resolvedAt().toString());
                line("checksum", one.fileChecksum());
                console.out().println();
                console.out().println(one.rawText());
            }
        }
    }

    private static ObjectNode document(RejectedRecord one) {
        ObjectNode document = JsonDocuments.object(one);
        document.put("id", one.id());
        return document;
    }

    private void line(String name, String text) {
        if (!text.isEmpty()) {
            console.out().println("%-9s %s".formatted(name, text));
        }
    }
}
