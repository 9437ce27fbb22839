package io.meterlake.format.espi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The channel of a ReadingType: its direction as the customer sees it, and what else makes it measure something of its
 * own. {@code import} and {@code export} are the words that the models know; a time-of-use register is a part of the
 * total and has a name of its own ({@code import/tou-2}), so that it is never added to it.
 */
final class ChannelName {
    private static final Map<String, String> DIRECTIONS =
            Map.of("1", "import", "19", "export", "4", "net", "20", "total", "", "undirected", "0", "undirected");

    private ChannelName() {}

    static String of(ReadingType type) {
        String direction = type.field("flowDirection");
        List<String> parts = new ArrayList<>();
        parts.add(DIRECTIONS.getOrDefault(direction, "flow-" + direction));
        parts.add(type.unitOfValues().quantity());
        parts.add(part(type, "tou", "tou"));
        parts.add(part(type, "consumptionTier", "tier"));
        parts.add(part(type, "cpp", "cpp"));
        parts.removeIf(String::isEmpty);
        return String.join("/", parts);
    }

    private static String part(ReadingType type, String field, String word) {
        String code = type.field(field);
        return code.isEmpty() || code.equals("0") ? "" : word + "-" + code;
    }
}
