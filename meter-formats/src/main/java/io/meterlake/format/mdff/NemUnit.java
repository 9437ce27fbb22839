package io.meterlake.format.mdff;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Units of measure (MDFF specification, appendix B), which senders write in any case: {@code KWH} is {@code kWh}. A
 * unit that the appendix does not have stays as it was sent, and so does an empty one.
 */
public final class NemUnit {
    private static final Map<String, String> UNITS = Stream.of(
                    "MWh", "kWh", "Wh", "MVArh", "kVArh", "VArh", "MVAr", "kVAr", "VAr", "MW", "kW", "W", "MVAh",
                    "kVAh", "VAh", "MVA", "kVA", "VA", "kV", "V", "kA", "A", "pf")
            .collect(toUnmodifiableMap(unit -> unit.toLowerCase(Locale.ROOT), Function.identity()));

    private NemUnit() {}

    public static String normalised(String sent) {
        return UNITS.getOrDefault(sent.toLowerCase(Locale.ROOT), sent);
    }
}
