package io.meterlake.format.mscons;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OBIS code {@code A-B:C.D.E*F} (IEC 62056-61), as far as it tells what its values are: medium A, quantity C and kind
 * D. EDI@Energy's <i>Codeliste der OBIS-Kennzahlen</i> 2.2e, chapter 3: D 8 is the state of a register (Zählerstand), 9
 * an advance (Vorschub) and 29 a load profile, both energies of a period.
 */
record Obis(int medium, int quantity, int kind) {
    private static final Pattern CODE =
            Pattern.compile("(\\d{1,3})-\\d{1,3}:(\\d{1,3})\\.(\\d{1,3})\\.\\d{1,3}(?:\\*\\d{1,3})?");

    private static final int ELECTRICITY = 1;
    private static final int REGISTER_STATE = 8;

    /** The code that a text is; empty if it is none. */
    static Optional<Obis> of(String text) {
        Matcher matcher = CODE.matcher(text);
        return matcher.matches()
                ? Optional.of(new Obis(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    boolean isOfElectricity() {
        return medium == ELECTRICITY;
    }

    /** Whether its values are what a register shows, and not the energy of a period. */
    boolean isRegisterState() {
        return kind == REGISTER_STATE;
    }

    /** The unit of its values if none is given; empty if the code implies none. */
    Optional<String> unit() {
        boolean energy = kind == 9 || kind == 10 || kind == 29 || kind == 30 || kind == 98;
        if (!energy) {
            return Optional.empty();
        }
        return switch (quantity) {
            case 1, 2, 15, 16 -> Optional.of("kWh");
            case 3, 4, 5, 6, 7, 8 -> Optional.of("kVArh");
            default -> Optional.empty();
        };
    }
}
