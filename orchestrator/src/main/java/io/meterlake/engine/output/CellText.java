package io.meterlake.engine.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value as text, the same on every machine: decimals in full with their scale, times in ISO-8601, bytes as
 * {@code 0x} and hexadecimal digits, arrays, maps and rows as JSON.
 */
public final class CellText {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonWriteFeature.QUOTE_FIELD_NAMES)
            .build();

    private CellText() {}

    /** The text of a value that is not null. */
    public static String of(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case List<?> list -> json(list);
            case Map<?, ?> map -> json(map);
            default -> value.toString();
        };
    }

    /**
     * What a value is in JSON: booleans, integers and floating point as JSON's own (NaN and infinities as text),
     * decimals and all else as text, because most readers of JSON round a long decimal.
     */
    static @Nullable Object jsonValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool;
            case Long number -> number;
            case Double number -> Double.isFinite(number) ? number : number.toString();
            case Float number -> Float.isFinite(number) ? number : number.toString();
            case List<?> list -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (Object element : list) {
                    values.add(jsonValue(element));
                }
                yield values;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                map.forEach((key, element) -> values.put(String.valueOf(key), jsonValue(element)));
                yield values;
            }
            default -> of(value);
        };
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(jsonValue(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists and maps of plain values are always JSON", e);
        }
    }
}
