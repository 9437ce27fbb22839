package io.meterlake.format.mscons;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Units of measure: codes of UN/ECE Recommendation 20 in data element 6411. A QTY without one has the unit that its OBIS
 * code implies (MSCONS 2.4c, note on PIA; EDI@Energy's <i>Codeliste der OBIS-Kennzahlen</i> 2.2e, chapter 3): kWh for
 * active and kvarh for reactive energy.
 */
final class MsconsUnit {
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("KWH", "kWh"),
            Map.entry("MWH", "MWh"),
            Map.entry("GWH", "GWh"),
            Map.entry("WHR", "Wh"),
            Map.entry("K3", "kVArh"),
            Map.entry("KWT", "kW"),
            Map.entry("MAW", "MW"),
            Map.entry("WTT", "W"),
            Map.entry("KVR", "kVAr"),
            Map.entry("KVA", "kVA"),
            Map.entry("D54", "W/m2"),
            Map.entry("MTS", "m/s"));

    private MsconsUnit() {}

    /** The unit of a code, in any case; empty if it is not known. */
    static Optional<String> of(String code) {
        return Optional.ofNullable(CODES.get(code.toUpperCase(Locale.ROOT)));
    }
}
