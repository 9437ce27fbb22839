package io.meterlake.cli;

import io.meterlake.dashboard.metabase.DashboardPlan;
import io.meterlake.dashboard.metabase.DashboardPlan.Step;
import io.meterlake.dashboard.metabase.Difference;
import io.meterlake.dashboard.metabase.TrinoConnection;
import io.meterlake.json.JsonDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what {@code dashboard plan} and {@code apply} would do and did: for a person, or as one JSON document. */
final class DashboardText {
    /** Longer texts, such as SQL, are shown by their lines. */
    private static final int ONE_LINE = 90;

    private final Console console;

    DashboardText(Console console) {
        this.console = console;
    }

    void plan(DashboardPlan plan, TextOrJson output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(document(plan, false)));
            case TEXT -> {
                plan.steps().forEach(this::text);
                console.out().println(summary(plan, "to create", "to change", "to archive"));
                notes(plan);
            }
        }
    }

    void applied(DashboardPlan plan, TextOrJson output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(document(plan, true)));
            case TEXT -> {
                console.out().println(summary(plan, "created", "changed", "archived"));
                notes(plan);
            }
        }
    }

    /** Metabase was told to look for tables and columns. */
    void synced(String connection, TextOrJson output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(Map.of("synced", connection)));
            case TEXT -> console.note("Metabase looks for tables and columns now, in the background.");
        }
    }

    /** A step that was done; on stderr, since it is progress. */
    void done(Step step) {
        console.note(sign(step) + " " + subject(step));
    }

    private void notes(DashboardPlan plan) {
        plan.notes().forEach(note -> console.note("note: " + note));
    }

    private void text(Step step) {
        String why = why(step);
        console.out().println(sign(step) + " " + subject(step) + (why.isEmpty() ? "" : ": " + why));
        for (Difference one : differences(step)) {
            if (one.onServer().length() + one.inFiles().length() <= ONE_LINE
                    && !(one.onServer() + one.inFiles()).contains("\n")) {
                console.out()
                        .println("    %s: %s → %s"
                                .formatted(one.property(), orNone(one.onServer()), orNone(one.inFiles())));
            } else {
                console.out().println("    " + one.property() + ":");
                LineDiff.of(one.onServer(), one.inFiles())
                        .forEach(line -> console.out().println("      " + line));
            }
        }
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static String sign(Step step) {
        return switch (step) {
            case Step.FirstUser user -> "+";
            case Step.CreateConnection create -> "+";
            case Step.Create create -> "+";
            case Step.ChangeConnection change -> "~";
            case Step.Change change -> "~";
            case Step.CreateGroup create -> "+";
            case Step.Permit permit -> "~";
            case Step.ChangeCache change -> "~";
            case Step.Archive archive -> "-";
        };
    }

    private static String subject(Step step) {
        return switch (step) {
            case Step.FirstUser user -> "first user " + user.email();
            case Step.CreateConnection(TrinoConnection to) ->
                "connection %s to %s:%d, catalog %s, as %s"
                        .formatted(to.name(), to.host(), to.port(), to.catalog(), to.user());
            case Step.ChangeConnection change ->
                "connection " + change.connection().name();
            case Step.Create create ->
                create.wanted().key() + " \"" + create.wanted().name() + '"';
            case Step.Change change ->
                change.wanted().key() + " \"" + change.wanted().name() + '"';
            case Step.CreateGroup create -> "group " + create.name();
            case Step.Permit permit -> "permissions of group " + permit.group().name();
            case Step.ChangeCache change -> "cache of the server";
            case Step.Archive archive ->
                archive.found().state().key() + " \"" + archive.found().state().name() + '"';
        };
    }

    private static String why(Step step) {
        return switch (step) {
            case Step.Change change -> change.cause().text();
            case Step.Archive archive -> "its file is gone; it goes to Metabase's trash";
            case Step.FirstUser user -> "the server is new";
            case Step.CreateConnection create -> "";
            case Step.ChangeConnection change -> "";
            case Step.Create create -> "";
            case Step.CreateGroup create -> "";
            case Step.Permit permit -> "";
            case Step.ChangeCache change -> "";
        };
    }

    private static List<Difference> differences(Step step) {
        return switch (step) {
            case Step.Change change -> change.differences();
            case Step.ChangeConnection change -> change.differences();
            case Step.Permit permit -> permit.differences();
            case Step.ChangeCache change -> change.differences();
            case Step.CreateGroup create -> List.of();
            case Step.FirstUser user -> List.of();
            case Step.CreateConnection create -> List.of();
            case Step.Create create -> List.of();
            case Step.Archive archive -> List.of();
        };
    }

    private static String summary(DashboardPlan plan, String created, String changed, String archived) {
        if (plan.isEmpty()) {
            return "Metabase " + plan.release() + " is as the files say";
        }
        return "Metabase %s: %d %s, %d %s, %d %s"
                .formatted(
                        plan.release(),
                        count(plan, "+"),
                        created,
                        count(plan, "~"),
                        changed,
                        count(plan, "-"),
                        archived);
    }

    private static long count(DashboardPlan plan, String sign) {
        return plan.steps().stream().filter(step -> sign(step).equals(sign)).count();
    }

    private static Map<String, Object> document(DashboardPlan plan, boolean applied) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("release", plan.release());
        document.put("applied", applied);
        document.put("steps", plan.steps().stream().map(DashboardText::document).toList());
        document.put("notes", plan.notes());
        return document;
    }

    private static Map<String, Object> document(Step step) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "action",
                switch (sign(step)) {
                    case "+" -> "create";
                    case "~" -> "change";
                    default -> "archive";
                });
        document.put("object", subject(step));
        document.put("why", why(step));
        document.put(
                "differences",
                differences(step).stream()
                        .map(one -> Map.of(
                                "property", one.property(), "on_server", one.onServer(), "in_files", one.inFiles()))
                        .toList());
        return document;
    }
}
