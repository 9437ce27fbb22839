package io.meterlake.format.measure;

import io.meterlake.format.text.Problem;
import io.meterlake.reading.Series;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the fields of a series mean, once all are there.
 *
 * @param fields as they were sent
 * @param names as the syntax calls them
 */
record SeriesMeaning(
        Dialect dialect, MeasureHeader header, Map<SeriesField, String> fields, Map<SeriesField, String> names) {
    private static final List<SeriesField> REQUIRED =
            List.of(SeriesField.TRANSACTION, SeriesField.METERING_POINT, SeriesField.UNIT);

    /** E17 and E18 are types of metering points, A04 and A01 business types. */
    private static final Map<String, String> DIRECTIONS =
            Map.of("E17", "consumption", "E18", "production", "A04", "consumption", "A01", "production");

    private String field(SeriesField field) {
        return fields.getOrDefault(field, "");
    }

    Optional<Problem> problem() {
        return missing()
                .or(this::statusProblem)
                .or(this::unitProblem)
                .or(this::curveProblem)
                .or(this::timeProblem);
    }

    private Optional<Problem> missing() {
        for (SeriesField field : REQUIRED) {
            if (field(field).isEmpty()) {
                return problem(words(field), "the series has no %s".formatted(words(field)), "Ask the sender for it.");
            }
        }
        return type().isEmpty()
                ? problem(
                        words(SeriesField.METERING_POINT_TYPE),
                        "the series says neither the type of its metering point nor a business type",
                        "Without it the direction of the energy is not known: ask the sender for it.")
                : Optional.empty();
    }

    private static String words(SeriesField field) {
        return field.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Optional<Problem> statusProblem() {
        return isCancellation() || dialect.isOfValues(status())
                ? Optional.empty()
                : problem(
                        names.getOrDefault(SeriesField.STATUS, "status"),
                        "'%s' says neither that the values count nor that they are taken back"
                                .formatted(Problem.abridged(status())),
                        "What the sender means by it is not known: ask for the series without it.");
    }

    private Optional<Problem> unitProblem() {
        String unit = field(SeriesField.UNIT);
        String product = field(SeriesField.PRODUCT);
        Optional<MeasureUnit> known = MeasureUnit.of(unit);
        if (known.isEmpty()) {
            return problem(
                    names.getOrDefault(SeriesField.UNIT, "unit"),
                    "'%s' is no unit of electricity that is known".formatted(Problem.abridged(unit)),
                    "Units are codes of UN/ECE such as KWH and MWH.");
        }
        if (!MeasureUnit.isProduct(product)) {
            return problem(
                    "product",
                    "product '%s' is no electricity".formatted(Problem.abridged(product)),
                    "Active energy is 8716867000030.");
        }
        return known.get().measures(product)
                ? Optional.empty()
                : problem(
                        "product",
                        "product %s is not measured in %s".formatted(product, unit),
                        "One of them is wrong: ask the sender which.");
    }

    private Optional<Problem> curveProblem() {
        String curve = field(SeriesField.CURVE_TYPE);
        return curve.isEmpty() || curve.equals("A01")
                ? Optional.empty()
                : problem(
                        "curveType",
                        "curve type '%s' has blocks of various lengths".formatted(Problem.abridged(curve)),
                        "Meterlake reads curve type A01, in which each interval has a point.");
    }

    private Optional<Problem> timeProblem() {
        String registered = field(SeriesField.REGISTERED);
        return registered.isEmpty() || MeasureTime.micros(registered).isPresent()
                ? Optional.empty()
                : problem(
                        names.getOrDefault(SeriesField.REGISTERED, "registration"),
                        "'%s' is no time with an offset, so it is not known which correction is the newest"
                                .formatted(Problem.abridged(registered)),
                        "A time is such as 2026-01-31T23:59:59Z.");
    }

    /** The series' status, or else the document's. */
    String status() {
        String own = field(SeriesField.STATUS);
        return own.isEmpty() ? header.get(HeaderField.STATUS) : own;
    }

    boolean isCancellation() {
        return dialect.isCancellation(status());
    }

    private String type() {
        String type = field(SeriesField.METERING_POINT_TYPE);
        return type.isEmpty() ? field(SeriesField.BUSINESS_TYPE) : type;
    }

    /** When the values were registered, or else when the document was made; a cancellation is as new as its document. */
    long recordedAt() {
        String registered = field(SeriesField.REGISTERED);
        String time = registered.isEmpty() || isCancellation() ? header.get(HeaderField.CREATED) : registered;
        return MeasureTime.micros(time).orElseThrow();
    }

    /** The series of intervals of a length; only if there is no {@link #problem}. */
    Series series(int minutes) {
        MeasureUnit unit = MeasureUnit.of(field(SeriesField.UNIT)).orElseThrow();
        String direction = field(SeriesField.FLOW_DIRECTION);
        String channel = DIRECTIONS.getOrDefault(type(), type())
                + unit.suffix(field(SeriesField.PRODUCT))
                + (direction.isEmpty() ? "" : "/" + direction);
        String meter = field(SeriesField.METERING_POINT);
        return dialect.marketZone()
                .map(zone -> new Series(meter, channel, unit.symbol(), minutes, zone))
                .orElseGet(() -> new Series(meter, channel, unit.symbol(), minutes, MeterZones.of(meter), true));
    }

    private static Optional<Problem> problem(String field, String reason, String hint) {
        return Optional.of(new Problem(field, reason, hint));
    }
}
