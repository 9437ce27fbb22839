package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values as words, and units of active energy; the same as the macro {@code energy_kwh} of sql-models knows. */
final class Energy {
    /** How many of a unit are a kWh, as a power of ten. */
    private static final Map<String, Integer> PER_KILOWATT_HOUR = Map.of("wh", 3, "kwh", 0, "mwh", -3, "gwh", -6);

    private Energy() {}

    static String text(long scaledValue, Series series) {
        return BigDecimal.valueOf(scaledValue, ReadingSink.VALUE_SCALE)
                        .stripTrailingZeros()
                        .toPlainString()
                + " " + series.unit();
    }

    /** So much energy in a series' unit; empty if that is no unit of active energy. */
    static Optional<BigDecimal> inUnit(BigDecimal kilowattHours, Series series) {
        return Optional.ofNullable(PER_KILOWATT_HOUR.get(series.unit().strip().toLowerCase(Locale.ROOT)))
                .map(kilowattHours::scaleByPowerOfTen);
    }
}
