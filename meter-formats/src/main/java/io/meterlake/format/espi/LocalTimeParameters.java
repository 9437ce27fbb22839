package io.meterlake.format.espi;

import io.meterlake.format.xml.XmlCursor;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The local time of a usage point: how far it is from UTC, and when it has daylight saving time. It does not change the
 * times of readings, which are UTC; it decides their local day. A table needs the name of a zone for that, so the zone
 * is looked for whose clocks do the same.
 *
 * @param offset tzOffset, seconds east of UTC, without daylight saving
 * @param saving dstOffset, seconds
 * @param start dstStartRule, in hexadecimal digits
 * @param end dstEndRule
 */
record LocalTimeParameters(String offset, String saving, String start, String end) {
    private static final List<Integer> YEARS = List.of(2015, 2020, 2025, 2026);

    private static final List<ZoneId> WITH_SAVING = Stream.of(
                    "America/New_York",
                    "America/Chicago",
                    "America/Denver",
                    "America/Los_Angeles",
                    "America/Anchorage",
                    "America/Adak",
                    "America/Halifax",
                    "America/St_Johns",
                    "America/Havana",
                    "America/Santiago",
                    "Europe/London",
                    "Europe/Berlin",
                    "Europe/Helsinki",
                    "Australia/Sydney",
                    "Australia/Adelaide",
                    "Pacific/Auckland")
            .map(ZoneId::of)
            .toList();

    private static final List<ZoneId> WITHOUT_SAVING = Stream.of(
                    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon", "Asia/Kabul", "Australia/Darwin")
            .map(ZoneId::of)
            .toList();

    static LocalTimeParameters read(XmlCursor xml) throws IOException {
        Map<String, String> fields = new HashMap<>();
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "tzOffset", "dstOffset", "dstStartRule", "dstEndRule" -> fields.put(xml.name(), xml.text());
                default -> {
                    // Nothing else is about clocks.
                }
            }
        }
        return new LocalTimeParameters(
                fields.getOrDefault("tzOffset", ""),
                fields.getOrDefault("dstOffset", "0"),
                fields.getOrDefault("dstStartRule", ""),
                fields.getOrDefault("dstEndRule", ""));
    }

    /** The zone that has this local time; empty if none is known. */
    Optional<ZoneId> zone() {
        if (!offset.matches("-?[0-9]{1,5}") || !saving.matches("-?[0-9]{1,5}")) {
            return Optional.empty();
        }
        int standard = Integer.parseInt(offset);
        int dst = Integer.parseInt(saving);
        Optional<DstRule> from = DstRule.of(start);
        Optional<DstRule> to = DstRule.of(end);
        if (dst == 0 || (isNoRule(start) && isNoRule(end))) {
            return fixed(standard);
        }
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : WITH_SAVING.stream()
                        .filter(zone -> agrees(zone.getRules(), standard, dst, from.get(), to.get()))
                        .findFirst();
    }

    private static boolean isNoRule(String rule) {
        return rule.isEmpty() || rule.equalsIgnoreCase("FFFFFFFF");
    }

    private static Optional<ZoneId> fixed(int seconds) {
        int hours = seconds / 3600;
        if (seconds == 0) {
            return Optional.of(ZoneId.of("UTC"));
        }
        if (seconds % 3600 == 0 && hours >= -12 && hours <= 14) {
            // The names of these zones count hours west of UTC as positive.
            return Optional.of(ZoneId.of("Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours)));
        }
        return WITHOUT_SAVING.stream()
                .filter(zone -> zone.getRules()
                        .getOffset(Instant.EPOCH.plusSeconds(1_700_000_000))
                        .equals(offsetOf(seconds)))
                .findFirst();
    }

    private static boolean agrees(ZoneRules rules, int standard, int dst, DstRule from, DstRule to) {
        return YEARS.stream()
                .allMatch(year -> from.in(year)
                        .filter(local -> changes(rules, local, standard, standard + dst))
                        .flatMap(local -> to.in(year))
                        .filter(local -> changes(rules, local, standard + dst, standard))
                        .isPresent());
    }

    private static boolean changes(ZoneRules rules, LocalDateTime local, int before, int after) {
        Instant instant = local.toInstant(offsetOf(before));
        return rules.getOffset(instant.minusSeconds(1)).equals(offsetOf(before))
                && rules.getOffset(instant).equals(offsetOf(after));
    }

    /** Of an offset that no zone has, one that no zone has either. */
    private static ZoneOffset offsetOf(int seconds) {
        return Math.abs(seconds) <= 18 * 3600 ? ZoneOffset.ofTotalSeconds(seconds) : ZoneOffset.MIN;
    }

    @Override
    public String toString() {
        return "tzOffset %s, dstOffset %s, dstStartRule %s, dstEndRule %s".formatted(offset, saving, start, end);
    }
}
