package io.meterlake.compile.determinism;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds lines of rendered SQL in the template that they came from. Lines that are the same in both are lined up; between
 * two of them a template line that a macro or an expression changed is found if there is no choice: one line there, or as
 * many in the template as in the SQL.
 */
final class TemplateLines {
    private record Line(int number, String text) {}

    private TemplateLines() {}

    /**
     * The template's line of a line of the SQL; both counted from 1.
     *
     * @return nothing where it cannot be told
     */
    static OptionalInt find(String template, String sql, int sqlLine) {
        List<Line> source = lines(template);
        List<Line> rendered = lines(sql);
        int wanted = 0;
        while (wanted < rendered.size() && rendered.get(wanted).number() < sqlLine) {
            wanted++;
        }
        if (wanted == rendered.size() || rendered.get(wanted).number() != sqlLine) {
            return OptionalInt.empty();
        }
        int[] partner = aligned(rendered, source);
        if (partner[wanted] >= 0) {
            return OptionalInt.of(source.get(partner[wanted]).number());
        }
        int before = wanted;
        while (before >= 0 && partner[before] < 0) {
            before--;
        }
        int after = wanted;
        while (after < partner.length && partner[after] < 0) {
            after++;
        }
        int from = before < 0 ? 0 : partner[before] + 1;
        int to = after == partner.length ? source.size() : partner[after];
        List<Line> candidates = new ArrayList<>();
        for (Line line : source.subList(from, Math.max(from, to))) {
            // A comment or a statement of the template gives no line of SQL.
            if (!line.text().startsWith("{#")
                    && !(line.text().startsWith("{%") && line.text().endsWith("%}"))) {
                candidates.add(line);
            }
        }
        if (candidates.size() == 1) {
            return OptionalInt.of(candidates.getFirst().number());
        }
        if (candidates.size() == after - before - 1) {
            return OptionalInt.of(candidates.get(wanted - before - 1).number());
        }
        return OptionalInt.empty();
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 1;
        for (String line : text.lines().toList()) {
            if (!line.isBlank()) {
                lines.add(new Line(number, line.strip()));
            }
            number++;
        }
        return lines;
    }

    /** For each rendered line the place of its partner in the longest common subsequence, or -1. */
    private static int[] aligned(List<Line> rendered, List<Line> source) {
        int[][] length = new int[rendered.size() + 1][source.size() + 1];
        for (int i = rendered.size() - 1; i >= 0; i--) {
            for (int j = source.size() - 1; j >= 0; j--) {
                length[i][j] = rendered.get(i).text().equals(source.get(j).text())
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        int[] partner = new int[rendered.size()];
        int i = 0;
        int j = 0;
        while (i < rendered.size()) {
            if (j < source.size() && rendered.get(i).text().equals(source.get(j).text())) {
                partner[i++] = j++;
            } else if (j < source.size() && length[i][j + 1] >= length[i + 1][j]) {
                j++;
            } else {
                partner[i++] = -1;
            }
        }
        return partner;
    }
}
