package io.meterlake.dashboard.preview;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How a value of Trino's is shown in a cell. */
final class CellText {
    private CellText() {}

    /** Numbers without exponent and trailing zeros, nothing for null. */
    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
