package io.meterlake.gather;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The gathered months of a snapshot as JSON, in the order of the months. Pure. */
final class GatheredList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GatheredList() {}

    static String text(List<GatheredMonth> months) {
        ArrayNode list = JSON.createArrayNode();
        for (GatheredMonth gathered : months) {
            ObjectNode month = list.addObject().put("month", gathered.month().toString());
            gathered.files().forEach(month.putArray("files")::add);
            ObjectNode days = month.putObject("days");
            gathered.days().forEach((day, files) -> {
                ArrayNode names = days.putArray(day.toString());
                files.stream().sorted().forEach(names::add);
            });
        }
        return list.toPrettyString() + "\n";
    }

    /** @throws JsonProcessingException if it is another text */
    static List<GatheredMonth> parse(String text) throws JsonProcessingException {
        List<GatheredMonth> months = new ArrayList<>();
        for (JsonNode month : JSON.readTree(text)) {
            Map<LocalDate, Set<String>> days = new TreeMap<>();
            for (Map.Entry<String, JsonNode> day : month.path("days").properties()) {
                days.put(LocalDate.parse(day.getKey()), new TreeSet<>(texts(day.getValue())));
            }
            months.add(
                    new GatheredMonth(YearMonth.parse(month.path("month").asText()), texts(month.path("files")), days));
        }
        return months;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
