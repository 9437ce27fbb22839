package io.meterlake.format.measure;

import java.time.ZoneId;
import java.util.Map;

/**
 * The zone that a metering point's number makes likely: GS1 numbers of 18 digits begin with the country that gave them
 * out. A document of CIM does not say its market's zone, and its periods, which begin at local midnight in UTC, leave
 * several; so this is assumed, and a zone in which the lake has the channel goes before it.
 */
final class MeterZones {
    private static final Map<String, ZoneId> COUNTRIES = Map.ofEntries(
            Map.entry("57", ZoneId.of("Europe/Copenhagen")),
            Map.entry("70", ZoneId.of("Europe/Oslo")),
            Map.entry("73", ZoneId.of("Europe/Stockholm")),
            Map.entry("64", ZoneId.of("Europe/Helsinki")),
            Map.entry("87", ZoneId.of("Europe/Amsterdam")),
            Map.entry("54", ZoneId.of("Europe/Brussels")),
            Map.entry("90", ZoneId.of("Europe/Vienna")),
            Map.entry("91", ZoneId.of("Europe/Vienna")),
            Map.entry("76", ZoneId.of("Europe/Zurich")),
            Map.entry("40", ZoneId.of("Europe/Berlin")),
            Map.entry("41", ZoneId.of("Europe/Berlin")),
            Map.entry("42", ZoneId.of("Europe/Berlin")),
            Map.entry("43", ZoneId.of("Europe/Berlin")));

    private static final ZoneId UNKNOWN = ZoneId.of("UTC");

    private MeterZones() {}

    static ZoneId of(String meteringPoint) {
        return meteringPoint.matches("[0-9]{18}")
                ? COUNTRIES.getOrDefault(meteringPoint.substring(0, 2), UNKNOWN)
                : UNKNOWN;
    }
}
