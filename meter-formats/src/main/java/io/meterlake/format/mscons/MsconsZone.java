package io.meterlake.format.mscons;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * The market's zone, whose local days are the market's days. MSCONS gives offsets but names no zone; a metering point's
 * id begins with its country (Metering Code, 33 characters), and an id of eleven digits is a German market location
 * (MaLo-ID).
 *
 * @param isAssumed whether only the sender's code tells the country
 */
record MsconsZone(ZoneId zone, boolean isAssumed) {
    private static final Map<String, ZoneId> COUNTRIES = Map.of(
            "AT", ZoneId.of("Europe/Vienna"),
            "CH", ZoneId.of("Europe/Zurich"),
            "DE", ZoneId.of("Europe/Berlin"),
            "LI", ZoneId.of("Europe/Vaduz"),
            "LU", ZoneId.of("Europe/Luxembourg"));

    private static final ZoneId GERMANY = ZoneId.of("Europe/Berlin");
    private static final int METERING_CODE_LENGTH = 33;

    /**
     * The zone of a metering point.
     *
     * @param senderIsGerman whether the sender's code is one of the German market (agency 293 or 500)
     */
    static Optional<MsconsZone> of(String meterId, boolean senderIsGerman) {
        if (meterId.length() == METERING_CODE_LENGTH && COUNTRIES.containsKey(meterId.substring(0, 2))) {
            return Optional.of(new MsconsZone(COUNTRIES.get(meterId.substring(0, 2)), false));
        }
        if (meterId.matches("[0-9]{11}")) {
            return Optional.of(new MsconsZone(GERMANY, false));
        }
        return senderIsGerman ? Optional.of(new MsconsZone(GERMANY, true)) : Optional.empty();
    }
}
