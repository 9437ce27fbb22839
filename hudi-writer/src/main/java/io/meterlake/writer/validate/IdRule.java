package io.meterlake.writer.validate;

import io.meterlake.reading.Series;
import java.util.Optional;

/**
 * Which ids can be part of a record key. Hudi's key text is {@code meter_id:M,channel:C,interval_start_us:N}, without
 * any escapes, so that colons and commas in an id stay as they are (OBIS codes have colons). The text stays unambiguous
 * as long as no meter id holds the text that ends it; Hudi writes {@code __null__} and {@code __empty__} where there is
 * no id.
 */
final class IdRule {
    private static final String END_OF_METER_ID = ",channel:";
    private static final int LONGEST = 256;

    record Fault(String field, String reason, String hint) {}

    private IdRule() {}

    static Optional<Fault> check(Series series) {
        return check("meter_id", series.meterId())
                .or(() -> check("channel", series.channel()))
                .or(() -> endless(series.meterId()));
    }

    private static Optional<Fault> check(String field, String id) {
        if (id.isBlank() || id.equals("__null__") || id.equals("__empty__")) {
            return Optional.of(new Fault(field, "the id '" + id + "' is empty", "Ask the sender for the id"));
        }
        if (id.length() > LONGEST || id.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(new Fault(
                    field,
                    "the id is longer than " + LONGEST + " characters or holds a control character",
                    "Check that the file is of this format, and its delimiter"));
        }
        return Optional.empty();
    }

    private static Optional<Fault> endless(String meterId) {
        return meterId.contains(END_OF_METER_ID)
                ? Optional.of(new Fault(
                        "meter_id",
                        "the id '" + meterId + "' holds the text '" + END_OF_METER_ID + "'",
                        "Ask the sender for another id: this one can't be told from a meter id with a channel"))
                : Optional.empty();
    }
}
