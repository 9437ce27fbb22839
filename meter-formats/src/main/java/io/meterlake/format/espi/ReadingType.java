package io.meterlake.format.espi;

import io.meterlake.format.text.Problem;
import io.meterlake.format.xml.XmlCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the values of a MeterReading are. All fields as they were sent; empty if they were not.
 *
 * @param fields by the name of the element
 */
record ReadingType(Map<String, String> fields) {
    static final String ELEMENT = "ReadingType";

    private static final Set<String> READ = Set.of(
            "accumulationBehaviour",
            "commodity",
            "consumptionTier",
            "cpp",
            "dataQualifier",
            "defaultQuality",
            "flowDirection",
            "intervalLength",
            "kind",
            "powerOfTenMultiplier",
            "tou",
            "uom");

    private static final String ASK = "Ask the sender for the energy of each interval, in Wh (uom 72).";

    private static final Map<String, String> REGISTERS = Map.of(
            "1", "bulkQuantity, the reading of a register",
            "2", "continuousCumulative",
            "3", "cumulative",
            "9", "summation",
            "13", "latchingQuantity",
            "14", "boundedQuantity");

    ReadingType {
        fields = Map.copyOf(fields);
    }

    static ReadingType read(XmlCursor xml) throws IOException {
        Map<String, String> fields = new HashMap<>();
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (READ.contains(xml.name())) {
                fields.merge(xml.name(), xml.text(), (one, other) -> one.equals(other) ? one : one + " and " + other);
            }
        }
        return new ReadingType(fields);
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private String code(String name) {
        String sent = field(name);
        return sent.equals("0") ? "" : sent;
    }

    /** Why its values are no energy of intervals; empty if they are. */
    Optional<Problem> problem() {
        return commodity()
                .or(this::unit)
                .or(this::accumulation)
                .or(this::measure)
                .or(this::multiplier);
    }

    private Optional<Problem> commodity() {
        String commodity = code("commodity");
        return commodity.isEmpty() || commodity.equals("1") || commodity.equals("2")
                ? Optional.empty()
                : problem(
                        "commodity",
                        "commodity %s%s is no electricity"
                                .formatted(shown(commodity), name(EspiUnit.COMMODITIES, commodity)),
                        "Meterlake keeps electricity only: leave gas, water and heat out of the file.");
    }

    private Optional<Problem> unit() {
        String uom = field("uom");
        if (EspiUnit.of(uom).isPresent()) {
            return Optional.empty();
        }
        return uom.isEmpty()
                ? problem("uom", "the ReadingType says no unit (uom)", ASK)
                : problem(
                        "uom",
                        "uom %s%s is no unit of electric energy".formatted(shown(uom), name(EspiUnit.OTHERS, uom)),
                        ASK);
    }

    private Optional<Problem> accumulation() {
        String code = code("accumulationBehaviour");
        if (code.isEmpty() || code.equals("4")) {
            return Optional.empty();
        }
        return REGISTERS.containsKey(code)
                ? problem(
                        "accumulationBehaviour",
                        "accumulationBehaviour %s%s is a cumulative register, not the energy of an interval"
                                .formatted(code, name(REGISTERS, code)),
                        "Ask the sender for deltaData (accumulationBehaviour 4), or difference the register before"
                                + " sending it.")
                : problem(
                        "accumulationBehaviour",
                        "accumulationBehaviour %s is not deltaData, the energy of an interval".formatted(shown(code)),
                        "Ask the sender for deltaData (accumulationBehaviour 4).");
    }

    private Optional<Problem> measure() {
        String kind = code("kind");
        String qualifier = code("dataQualifier");
        if (!kind.isEmpty() && !kind.equals("12")) {
            return problem("kind", "kind %s is not energy (12)".formatted(shown(kind)), ASK);
        }
        return qualifier.isEmpty() || List.of("12", "26").contains(qualifier)
                ? Optional.empty()
                : problem(
                        "dataQualifier",
                        "dataQualifier %s is not the interval's energy (12 normal), but an average, an extreme or a threshold"
                                .formatted(shown(qualifier)),
                        ASK);
    }

    private Optional<Problem> multiplier() {
        String sent = field("powerOfTenMultiplier");
        return sent.isEmpty() || (sent.matches("-?[0-9]{1,2}") && Math.abs(Integer.parseInt(sent)) <= 18)
                ? Optional.empty()
                : problem(
                        "powerOfTenMultiplier",
                        "powerOfTenMultiplier '%s' is no power of ten".formatted(shown(sent)),
                        "It is a whole number such as 0, 3 or -3.");
    }

    /** The power of ten of its values, in {@link #unitOfValues}; only if there is no {@link #problem}. */
    int exponent() {
        String sent = field("powerOfTenMultiplier");
        return sent.isEmpty() ? 0 : Integer.parseInt(sent);
    }

    /** The unit in which the values are kept; only if there is no {@link #problem}. */
    EspiUnit unitOfValues() {
        return EspiUnit.of(field("uom")).orElseThrow();
    }

    /** The length of an interval that does not say its own, in seconds. */
    OptionalLong intervalSeconds() {
        return seconds(field("intervalLength"));
    }

    /** Seconds, of a length or since 1970. */
    static OptionalLong seconds(String text) {
        return text.matches("[0-9]{1,11}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Optional<Problem> problem(String field, String reason, String hint) {
        return Optional.of(new Problem(field, reason, hint));
    }

    private static String shown(String sent) {
        return Problem.abridged(sent);
    }

    private static String name(Map<String, String> names, String code) {
        return names.containsKey(code) ? " (" + names.get(code) + ")" : "";
    }
}
