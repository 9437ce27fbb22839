package io.meterlake.format.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.text.Problem;
import io.meterlake.format.text.ScaledDecimal;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers a series, field by field and point by point in whatever order they come, and pushes its readings when it is
 * over. A series is refused as a whole if anything but a point is wrong with it, and a point by itself. One object
 * serves all series of a document. Not thread-safe.
 */
public final class MeasureSeries {
    private static final String ASK_AGAIN = "Ask the sender for the series again.";
    private static final int NO_GRADE = -1;

    private final String fileName;
    private final Dialect dialect;
    private final MeasureHeader header;
    private final ReadingSink sink;

    private final Map<SeriesField, String> fields = new EnumMap<>(SeriesField.class);
    private final Map<SeriesField, String> names = new EnumMap<>(SeriesField.class);
    private final List<MeasurePeriod> periods = new ArrayList<>();
    private final Points points = new Points();
    private Optional<Problem> problem = Optional.empty();
    private long line;
    private long refusedPoints;

    /** @param header of the document; complete before the first series is over */
    public MeasureSeries(String fileName, Dialect dialect, MeasureHeader header, ReadingSink sink) {
        this.fileName = fileName;
        this.dialect = dialect;
        this.header = header;
        this.sink = sink;
    }

    /** A series begins. */
    public void begin(long atLine) {
        fields.clear();
        names.clear();
        periods.clear();
        points.clear();
        problem = Optional.empty();
        refusedPoints = 0;
        line = atLine;
    }

    /** A field of the series itself. */
    public void field(SeriesField field, String name, String value) {
        if (field != SeriesField.OTHER && fields.put(field, value) != null) {
            refuse(name, "the series has two of it", ASK_AGAIN);
        }
        names.put(field, name);
    }

    /** A period begins: the points from now on are of it. */
    public void period() {
        periods.add(new MeasurePeriod(new EnumMap<>(SeriesField.class), points.size));
    }

    /** A field of the period: RESOLUTION, START or END. */
    public void periodField(SeriesField field, String name, String value) {
        if (periods.get(periods.size() - 1).fields().put(field, value) != null) {
            refuse(name, "the period has two of it", ASK_AGAIN);
        }
    }

    /** A field that the schema does not have: what it would say of the values is not known. */
    public void unknown(String name, long atLine) {
        refuse(
                Problem.abridged(name),
                "line %d has the element '%s', which the schema does not have"
                        .formatted(atLine, Problem.abridged(name)),
                "What it says about the values is not known: ask the sender for a document that follows the schema.");
    }

    private void refuse(String field, String reason, String hint) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Problem(field, reason, hint));
        }
    }

    /** A point of the period. */
    public void point(MeasurePoint point) {
        Optional<Problem> wrong = add(point);
        wrong.ifPresent(found -> {
            refusedPoints++;
            sink.reject(found.of(point.line(), point.raw()));
        });
    }

    private Optional<Problem> add(MeasurePoint point) {
        if (!point.unknown().isEmpty()) {
            return problem(
                    point.unknown(),
                    "the point has the element '%s', which the schema does not have"
                            .formatted(Problem.abridged(point.unknown())),
                    "What it says about the value is not known: ask the sender for the point again.");
        }
        if (!point.position().matches("[0-9]{1,6}") || point.position().matches("0+")) {
            return problem(
                    "position",
                    "position '%s' is no number from 1 to 999999".formatted(Problem.abridged(point.position())),
                    "Positions count the intervals from the start of the period.");
        }
        Optional<Grade> grade = dialect.grade(point.quality());
        if (grade.isEmpty()) {
            return problem(
                    "quality",
                    "quality '%s' is unknown".formatted(Problem.abridged(point.quality())),
                    dialect.qualityHint());
        }
        boolean isEmpty = point.quantity().isEmpty();
        if (isEmpty && !point.quality().isEmpty() && grade.get().quality() != Quality.MISSING && !point.isMissing()) {
            return problem(
                    "quantity",
                    "there is no quantity, and quality '%s' says that there is one".formatted(point.quality()),
                    "A value that is missing has the quality A02, or none: ask the sender for the point again.");
        }
        if (!isEmpty && point.isMissing()) {
            return problem(
                    "quantity", "there is a quantity, and it is said to be missing", "Ask the sender which is right.");
        }
        byte[] bytes = point.quantity().getBytes(UTF_8);
        long scaled = isEmpty ? ReadingSink.NO_VALUE : ScaledDecimal.parse(bytes, 0, bytes.length, '.');
        if (!isEmpty && ScaledDecimal.failed(scaled)) {
            return problem(
                    "quantity",
                    ScaledDecimal.reason(scaled, Problem.abridged(point.quantity())),
                    "A quantity is a number such as 1.25: ask the sender for the point again.");
        }
        Grade kept = isEmpty ? new Grade(Quality.MISSING, point.quality()) : grade.get();
        points.add(fileName, Integer.parseInt(point.position()), scaled, sink.grade(kept), point.line());
        return Optional.empty();
    }

    /** The series is over: its readings are pushed, or it is refused. */
    public void end() {
        SeriesMeaning meaning = new SeriesMeaning(dialect, header, fields, names);
        problem.or(meaning::problem)
                .or(this::periodProblem)
                .or(() -> noPoints(meaning.isCancellation()))
                .ifPresentOrElse(found -> sink.reject(found.of(line, raw())), () -> push(meaning));
    }

    private Optional<Problem> periodProblem() {
        return periods.isEmpty()
                ? problem("Period", "the series has no period", ASK_AGAIN)
                : periods.stream().flatMap(period -> period.problem().stream()).findFirst();
    }

    private Optional<Problem> noPoints(boolean isCancellation) {
        return points.size == 0 && refusedPoints == 0 && !isCancellation
                ? problem(
                        dialect.pointName(), "the series has none", "Ask the sender whether it was meant to be empty.")
                : Optional.empty();
    }

    private void push(SeriesMeaning meaning) {
        long recordedAt = meaning.recordedAt();
        int withdrawn =
                meaning.isCancellation() ? sink.grade(new Grade(Quality.WITHDRAWN, meaning.status())) : NO_GRADE;
        for (int i = 0; i < periods.size(); i++) {
            MeasurePeriod period = periods.get(i);
            int to = i + 1 < periods.size() ? periods.get(i + 1).firstPoint() : points.size;
            int series = sink.series(meaning.series(period.minutes()));
            if (withdrawn != NO_GRADE) {
                withdraw(period, to, series, withdrawn, recordedAt);
            } else {
                push(period, to, series, recordedAt);
            }
        }
    }

    /** A cancellation takes the intervals back that it names, or else all of its period. */
    private void withdraw(MeasurePeriod period, int to, int series, int grade, long recordedAt) {
        BitSet named = new BitSet();
        for (int i = period.firstPoint(); i < to; i++) {
            if (points.position[i] <= period.positions()) {
                named.set(points.position[i]);
            }
        }
        if (named.isEmpty()) {
            named.set(1, period.positions() + 1);
        }
        named.stream()
                .forEach(position -> sink.reading(
                        series,
                        period.start() + (position - 1) * period.step(),
                        ReadingSink.NO_VALUE,
                        grade,
                        recordedAt,
                        line));
    }

    private void push(MeasurePeriod period, int to, int series, long recordedAt) {
        int positions = period.positions();
        long start = period.start();
        long step = period.step();
        BitSet seen = new BitSet(positions + 1);
        BitSet repeated = new BitSet();
        for (int i = period.firstPoint(); i < to; i++) {
            if (seen.get(points.position[i])) {
                repeated.set(points.position[i]);
            }
            seen.set(points.position[i]);
        }
        for (int i = period.firstPoint(); i < to; i++) {
            int position = points.position[i];
            if (position > positions) {
                reject(i, "position %d is behind the end of the period, which has %d".formatted(position, positions));
            } else if (repeated.get(position)) {
                reject(
                        i,
                        "position %d is there more than once; which of them is right is not known".formatted(position));
            } else {
                sink.reading(
                        series,
                        start + (position - 1) * step,
                        points.scaled[i],
                        points.grade[i],
                        recordedAt,
                        points.line[i]);
            }
        }
    }

    private void reject(int point, String reason) {
        String raw = "position %d".formatted(points.position[point]);
        sink.reject(new Problem("position", reason, ASK_AGAIN).of(points.line[point], raw));
    }

    private String raw() {
        StringBuilder raw = new StringBuilder("series of ")
                .append(points.size + refusedPoints)
                .append(" points");
        fields.forEach((field, value) ->
                raw.append(", ").append(names.get(field)).append(' ').append(value));
        periods.forEach(period -> raw.append(", period ").append(period.fields().values()));
        return raw.toString();
    }

    private static Optional<Problem> problem(String field, String reason, String hint) {
        return Optional.of(new Problem(field, reason, hint));
    }
}
