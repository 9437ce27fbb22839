package io.meterlake.log;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a run had to do with, as its log tells; each in the order of its names. */
public record Touched(
        List<String> tables, List<String> commits, List<String> files, List<String> snapshots, List<String> reports) {

    /** What these lines tell of. */
    public static Touched of(List<LogLine> lines) {
        return new Touched(
                all(lines, Field.TABLE),
                all(lines, Field.COMMIT),
                all(lines, Field.FILE),
                all(lines, Field.SNAPSHOT),
                all(lines, Field.REPORT));
    }

    private static List<String> all(List<LogLine> lines, Field field) {
        Set<String> values = new TreeSet<>();
        lines.forEach(line -> line.event().text(field).ifPresent(values::add));
        return List.copyOf(values);
    }
}
