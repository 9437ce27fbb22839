package io.meterlake.format.espi;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The units of measure (ESPI's UnitSymbolKind) that are energy of electricity, and names for some that are not. */
enum EspiUnit {
    WH("72", "Wh", ""),
    VARH("73", "VArh", "reactive-energy"),
    VAH("71", "VAh", "apparent-energy");

    /** Those that senders use for other things than electric energy. */
    static final Map<String, String> OTHERS = Stream.of(
                    "38 W",
                    "61 VA",
                    "63 VAr",
                    "29 V",
                    "5 A",
                    "65 cosTheta",
                    "31 J",
                    "42 m³",
                    "119 ft³",
                    "120 ft³ compensated",
                    "128 US gallons",
                    "130 imperial gallons",
                    "132 BTU",
                    "134 litres",
                    "156 litres uncompensated",
                    "157 litres compensated",
                    "166 m³ uncompensated",
                    "169 therm",
                    "80 money",
                    "23 °C",
                    "0 none")
            .map(entry -> entry.split(" ", 2))
            .collect(toUnmodifiableMap(entry -> entry[0], entry -> entry[1]));

    /** CommodityKind, as far as it is no electricity. */
    static final Map<String, String> COMMODITIES = Map.of(
            "3", "communication",
            "7", "natural gas",
            "8", "propane",
            "9", "drinking water",
            "10", "steam",
            "11", "waste water",
            "12", "heating fluid",
            "13", "cooling fluid",
            "14", "other water");

    private final String code;
    private final String symbol;
    private final String quantity;

    EspiUnit(String code, String symbol, String quantity) {
        this.code = code;
        this.symbol = symbol;
        this.quantity = quantity;
    }

    static Optional<EspiUnit> of(String code) {
        return Arrays.stream(values()).filter(unit -> unit.code.equals(code)).findFirst();
    }

    /** As the {@code unit} column has it. */
    String symbol() {
        return symbol;
    }

    /** What a channel of it is called besides its direction; empty for active energy. */
    String quantity() {
        return quantity;
    }
}
