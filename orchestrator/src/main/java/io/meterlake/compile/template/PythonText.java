package io.meterlake.compile.template;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as Python prints them, because that is what dbt pastes into SQL. */
public final class PythonText {
    private PythonText() {}

    /** {@code str(value)}. */
    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case String text -> text;
            case Boolean yes -> yes ? "True" : "False";
            case Float number -> of(number.doubleValue());
            case Double number -> ofDouble(number);
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> joined(list, "[", "]");
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> set -> joined(set, "{", "}");
            default -> value.toString();
        };
    }

    private static String joined(Collection<?> items, String open, String close) {
        return items.stream().map(PythonText::quoted).collect(Collectors.joining(", ", open, close));
    }

    /** {@code repr(value)}: as {@link #of}, with texts in quotes. */
    private static String quoted(@Nullable Object value) {
        if (value instanceof String text) {
            String quote = text.contains("'") && !text.contains("\"") ? "\"" : "'";
            String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
            return quote + (quote.equals("'") ? escaped.replace("'", "\\'") : escaped) + quote;
        }
        return of(value);
    }

    /** Python writes 1e+16 where Java writes 1.0E16. */
    private static String ofDouble(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e16) {
            return "%d.0".formatted((long) number);
        }
        String text = Double.toString(number);
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        String digits = text.substring(0, exponent).replaceFirst("\\.0$", "");
        int power = Integer.parseInt(text.substring(exponent + 1));
        if (power < 0 && power >= -4) {
            return new BigDecimal(text).toPlainString();
        }
        return digits + "e" + (power < 0 ? "-" : "+") + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
    }
}
