package io.meterlake.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text of a NEM12 file (AEMO, Meter Data File Format), record by record. Not thread-safe. */
final class Nem12Text {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
    private static final String VARIES = "V";

    private final StringBuilder records = new StringBuilder();
    private final LocalDateTime made;
    private boolean hasDays;

    /**
     * Begins with the 100 record.
     *
     * @param made in the market's time; also the update time of all days
     */
    Nem12Text(String sender, LocalDateTime made) {
        this.made = made;
        line("100", "NEM12", MINUTE.format(made), sender, "RETAILERS");
    }

    /** The 200 record: the channel of the days that follow. */
    void channel(SampleMeter meter, String suffix, String unit, int intervalMinutes) {
        String suffixes = "E1" + (meter.feedsIn() ? "B1" : "") + (meter.reactive() ? "Q1" : "");
        String serial = "SG" + meter.id().substring(4);
        line("200", meter.id(), suffixes, suffix, suffix, "", serial, unit, Integer.toString(intervalMinutes), "");
    }

    /** The 300 record of a day of one quality. */
    void day(LocalDate day, List<String> values, String quality) {
        hasDays = true;
        line("300", DATE.format(day), String.join(",", values), quality, "", "", SECOND.format(made), "");
    }

    /** The 300 record of a day with a faulty stretch, and the 400 records that name the quality of each interval. */
    void day(LocalDate day, List<String> values, String sound, Faults faults, String faulty) {
        day(day, values, VARIES);
        event(1, faults.from(), sound);
        event(faults.from() + 1, faults.to(), faulty);
        event(faults.to() + 1, values.size(), sound);
    }

    /** Intervals count from 1; a stretch of none has no record. */
    private void event(int first, int last, String quality) {
        if (first <= last) {
            line("400", Integer.toString(first), Integer.toString(last), quality, "", "");
        }
    }

    /** 1234 Wh are {@code 1.234}, in kWh. */
    static List<String> thousandths(List<Long> values) {
        return values.stream()
                .map(value ->
                        value / 1000 + "." + Long.toString(1000 + value % 1000).substring(1))
                .toList();
    }

    /** The file, ended by its 900 record; empty if it has no day, which NEM12 does not allow. */
    Optional<byte[]> end() {
        if (!hasDays) {
            return Optional.empty();
        }
        line("900");
        return Optional.of(records.toString().getBytes(US_ASCII));
    }

    private void line(String... fields) {
        records.append(String.join(",", fields)).append('\n');
    }
}
