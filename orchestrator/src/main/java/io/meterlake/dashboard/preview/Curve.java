package io.meterlake.dashboard.preview;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a chart: its points, and the exact sum of all of them, whichever are drawn. Not thread-safe. */
final class Curve {
    private static final int BUCKETS = 1000;

    private final String name;
    private final List<Downsampling.Point> points = new ArrayList<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable BigDecimal lowest;
    private @Nullable BigDecimal highest;
    private long count;

    Curve(String name) {
        this.name = name;
    }

    /**
     * Adds a point.
     *
     * @param at an instant that ends in Z, or a day, which is drawn at its midnight in UTC
     * @param value null where there is a gap
     */
    void add(String at, @Nullable BigDecimal value) {
        Instant instant = Instant.parse(at.endsWith("Z") ? at : at + "T00:00:00Z");
        points.add(new Downsampling.Point(instant.getEpochSecond(), value == null ? null : value.doubleValue()));
        if (value != null) {
            sum = sum.add(value);
            lowest = lowest == null ? value : lowest.min(value);
            highest = highest == null ? value : highest.max(value);
            count++;
        }
    }

    int size() {
        return points.size();
    }

    /** Those that are drawn, in the order of time. */
    List<Downsampling.Point> drawn() {
        points.sort(Comparator.comparingLong(Downsampling.Point::at));
        return Downsampling.minMax(points, BUCKETS);
    }

    /** {@code name}, {@code at}, {@code values}; {@code sum}, {@code lowest} and {@code highest} as text; {@code count}. */
    Map<String, Object> document(List<Downsampling.Point> drawn) {
        List<@Nullable Double> values = new ArrayList<>();
        drawn.forEach(point -> values.add(point.value()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", name);
        document.put("at", drawn.stream().map(Downsampling.Point::at).toList());
        document.put("values", values);
        document.put("sum", CellText.of(sum));
        document.put("lowest", count == 0 ? "" : CellText.of(requireNonNull(lowest)));
        document.put("highest", count == 0 ? "" : CellText.of(requireNonNull(highest)));
        document.put("count", count);
        return document;
    }
}
