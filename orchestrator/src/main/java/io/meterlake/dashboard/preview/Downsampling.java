package io.meterlake.dashboard.preview;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a curve small enough for a screen without hiding a peak: of each bucket the lowest and the highest stay. */
final class Downsampling {
    /** A point: seconds since 1970 and a value, or no value where there is a gap. */
    record Point(long at, @Nullable Double value) {}

    private Downsampling() {}

    /**
     * Keeps in each of the buckets, which share the time evenly, the first lowest and the first highest value and the
     * first gap, in their order in time. A curve of at most four points a bucket stays as it is.
     *
     * @param points in the order of time
     */
    static List<Point> minMax(List<Point> points, int buckets) {
        if (points.size() <= 4L * buckets) {
            return points;
        }
        long start = points.getFirst().at();
        long span = points.getLast().at() - start + 1;
        List<Point> kept = new ArrayList<>();
        int from = 0;
        while (from < points.size()) {
            long bucket = (points.get(from).at() - start) * buckets / span;
            int to = from;
            while (to < points.size() && (points.get(to).at() - start) * buckets / span == bucket) {
                to++;
            }
            extremes(points.subList(from, to), kept);
            from = to;
        }
        return kept;
    }

    private static void extremes(List<Point> bucket, List<Point> kept) {
        Point lowest = null;
        Point highest = null;
        Point gap = null;
        for (Point point : bucket) {
            Double value = point.value();
            if (value == null) {
                gap = gap == null ? point : gap;
                continue;
            }
            lowest = lowest == null || lowest.value() == null || value < lowest.value() ? point : lowest;
            highest = highest == null || highest.value() == null || value > highest.value() ? point : highest;
        }
        for (Point point : bucket) {
            if (point.equals(lowest) || point.equals(highest) || point.equals(gap)) {
                kept.add(point);
            }
        }
    }
}
