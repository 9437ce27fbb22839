package io.meterlake.metrics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A gauge with its points. All are gauges: what the tables say of the past can become less, as when a rejected file is
 * mended and taken in. They are read as well by the node exporter, whose format knows no other types of OpenMetrics.
 *
 * @param name with the unit at its end, if it has one
 * @param unit {@code seconds}, {@code bytes}; empty for a plain number
 * @param help one sentence
 */
public record MetricFamily(String name, String unit, String help, List<Point> points) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** A value and what it is of. */
    public record Point(SequencedMap<String, String> labels, BigDecimal value) {
        public Point {
            labels = Collections.unmodifiableSequencedMap(new TreeMap<>(labels));
        }
    }

    public MetricFamily {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a metric: " + name);
        }
        if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
            throw new IllegalArgumentException(name + " does not end with its unit " + unit);
        }
        points = List.copyOf(points);
    }

    /** One without points. */
    static MetricFamily of(String name, String unit, String help) {
        return new MetricFamily("meterlake_" + name, unit, help, List.of());
    }

    /** The same with one point more. */
    MetricFamily with(Map<String, String> labels, BigDecimal value) {
        List<Point> more = new ArrayList<>(points);
        more.add(new Point(new TreeMap<>(labels), value));
        return new MetricFamily(name, unit, help, more);
    }

    MetricFamily with(Map<String, String> labels, long value) {
        return with(labels, BigDecimal.valueOf(value));
    }

    MetricFamily with(long value) {
        return with(Map.of(), value);
    }
}
