package io.meterlake.metrics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes metrics as text, as the OpenMetrics specification 1.0 has it (section 3.1, ABNF): metadata before points, no empty
 * line, {@code # EOF} at the end.
 */
public final class OpenMetricsText {
    /** Of an answer over HTTP. */
    public static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private OpenMetricsText() {}

    /** The whole document; families without points are left out. */
    public static String of(List<MetricFamily> families) {
        StringBuilder text = new StringBuilder();
        for (MetricFamily family : families) {
            if (family.points().isEmpty()) {
                continue;
            }
            text.append("# TYPE ").append(family.name()).append(" gauge\n");
            if (!family.unit().isEmpty()) {
                text.append("# UNIT ")
                        .append(family.name())
                        .append(' ')
                        .append(family.unit())
                        .append('\n');
            }
            text.append("# HELP ")
                    .append(family.name())
                    .append(' ')
                    .append(escaped(family.help()))
                    .append('\n');
            for (MetricFamily.Point point : family.points()) {
                text.append(family.name())
                        .append(labels(point.labels()))
                        .append(' ')
                        .append(point.value().toPlainString())
                        .append('\n');
            }
        }
        return text.append("# EOF\n").toString();
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    }
}
