package io.meterlake.format.measure;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In what CIM and ebIX differ besides their syntax.
 *
 * @param pointName what a point is called
 * @param documentTypes those that are validated measure data
 * @param qualities by their codes
 * @param valueStatuses statuses or functions of series whose values count; the empty one if it need not be said
 * @param cancellations statuses or functions of series that take earlier values back
 * @param market the zone of all documents; empty if they are of several markets
 */
public record Dialect(
        String pointName,
        Set<String> documentTypes,
        Map<String, Quality> qualities,
        Set<String> valueStatuses,
        Set<String> cancellations,
        String market) {
    /** IEC 62325-351 and the code lists of ENTSO-E and ediel.org. */
    public static final Dialect CIM = new Dialect(
            "Point",
            Set.of("E66", "A45"),
            Map.of(
                    "A01", Quality.SUBSTITUTED,
                    "A02", Quality.MISSING,
                    "A03", Quality.ESTIMATED,
                    "A04", Quality.ACTUAL,
                    "A05", Quality.ESTIMATED,
                    "A06", Quality.SUBSTITUTED),
            Set.of("", "5", "9", "A01", "A02", "A05", "A14", "A15", "A37"),
            Set.of("A09", "A13"),
            "");

    /** ebIX with the code lists of Energinet. */
    public static final Dialect EBIX = new Dialect(
            "IntervalEnergyObservation",
            Set.of("E66"),
            Map.of(
                    "E01", Quality.ACTUAL,
                    "36", Quality.SUBSTITUTED,
                    "56", Quality.ESTIMATED,
                    "D01", Quality.SUBSTITUTED),
            Set.of("5", "9"),
            Set.of("1"),
            "Europe/Copenhagen");

    public Dialect {
        documentTypes = Set.copyOf(documentTypes);
        qualities = Map.copyOf(qualities);
        valueStatuses = Set.copyOf(valueStatuses);
        cancellations = Set.copyOf(cancellations);
    }

    boolean isMeasureData(String documentType) {
        return documentTypes.contains(documentType);
    }

    /** A quality that is not said is that of a measured value. */
    Optional<Grade> grade(String code) {
        return code.isEmpty()
                ? Optional.of(new Grade(Quality.ACTUAL, ""))
                : Optional.ofNullable(qualities.get(code)).map(quality -> new Grade(quality, code));
    }

    String qualityHint() {
        return "Qualities are %s."
                .formatted(
                        String.join(", ", qualities.keySet().stream().sorted().toList()));
    }

    boolean isOfValues(String status) {
        return valueStatuses.contains(status);
    }

    boolean isCancellation(String status) {
        return cancellations.contains(status);
    }

    /** The zone whose days are the market's; empty if the documents do not say it. */
    Optional<ZoneId> marketZone() {
        return market.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(market));
    }
}
