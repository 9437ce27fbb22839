package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.writer.IngestOutcome.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One row a key, whatever zones the files say: an interval near midnight is of another day in another zone. */
class ZonesTest {
    private static final String LATE_IN_UTC = "2026-03-01T23:30:00Z";
    private static final String ONE = "2026-03-05T08:00:00Z";
    private static final String TWO = "2026-03-05T09:00:00Z";
    private static final String THREE = "2026-03-05T10:00:00Z";

    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void nameFolder() {
        root = folder.resolve("lake");
    }

    private static Line berlin(String meter, String value, String recordedAt) {
        return Line.of(meter, LATE_IN_UTC, value, recordedAt);
    }

    private static Map<String, @Nullable Object> only(TestLake lake) {
        Map<String, Map<String, @Nullable Object>> rows = TableReader.readings(lake.lake());
        assertThat(rows).hasSize(1);
        return rows.values().iterator().next();
    }

    @Test
    void correctsAReadingNearMidnightByAFileThatSaysNoZone() {
        try (TestLake lake = new TestLake(root)) {
            lake.ingest("a.txt", berlin("m", "1", ONE));
            IngestOutcome correction =
                    lake.ingest("unsigned.txt", berlin("m", "2", TWO).zone(""));

            assertThat(correction.rowsChanged()).isEqualTo(1);
            assertThat(correction.rowsNew()).isZero();
            assertThat(correction.written().days()).containsExactly(LocalDate.parse("2026-03-02"));
            assertThat(only(lake))
                    .containsEntry("value", berlin("m", "2", TWO).decimal())
                    .containsEntry("time_zone", "Europe/Berlin")
                    .containsEntry("utility", "acme")
                    .containsEntry("reading_date", LocalDate.parse("2026-03-02"));
        }
    }

    @Test
    void keepsTheUtilityOnlyWhereTheFileSaysNone() {
        try (TestLake lake = new TestLake(root)) {
            lake.ingest("unsigned-1.txt", berlin("m", "1", ONE), berlin("n", "1", ONE));
            lake.ingest("a.txt", berlin("m", "2", TWO));
            lake.ingest("unsigned-2.txt", berlin("m", "3", THREE), berlin("n", "3", THREE));

            assertThat(TableReader.readings(lake.lake()).values())
                    .extracting(row -> row.get("utility"))
                    .containsExactly("acme", null);
        }
    }

    @Test
    void takesNewIntervalsOfAChannelInTheZoneThatItHas() {
        try (TestLake lake = new TestLake(root)) {
            lake.ingest("a.txt", berlin("m", "1", ONE).zone("Asia/Kathmandu"));
            Line next = Line.of("m", "2026-03-02T18:15:00Z", "2", ONE).zone("");
            assertThat(lake.ingest("b.txt", next).rowsNew()).isEqualTo(1);

            assertThat(TableReader.readings(lake.lake()).values())
                    .extracting(row -> row.get("time_zone"))
                    .containsOnly("Asia/Kathmandu");
        }
    }

    @Test
    void takesAChannelThatTheLakeLacksInUtcAndRefusesAnotherZoneThen() {
        try (TestLake lake = new TestLake(root)) {
            lake.ingest("a.txt", berlin("m", "1", ONE).zone(""));
            IngestOutcome other = lake.ingest("b.txt", berlin("m", "2", TWO), berlin("new", "2", TWO));

            assertThat(other.rowsRejected()).isEqualTo(1);
            assertThat(other.rowsNew()).isEqualTo(1);
            assertThat(lake.rows("rejected_readings")).singleElement().satisfies(row -> {
                assertThat(row).containsEntry("line", 1L).containsEntry("field", "time_zone");
                assertThat(row.get("reason"))
                        .isEqualTo(
                                "channel E1 of meter m is in zone UTC in the lake, and this file says Europe/Berlin");
            });
        }
    }

    @Test
    void takesAnotherZoneOnDaysThatAreFarAway() {
        try (TestLake lake = new TestLake(root)) {
            lake.ingest("a.txt", berlin("m", "1", ONE));
            Line later = Line.of("m", "2026-04-01T23:30:00Z", "2", ONE).zone("UTC");
            assertThat(lake.ingest("b.txt", later).rowsNew()).isEqualTo(1);
            // Both zones in one file: each interval stays where it is.
            IngestOutcome both = lake.ingest("c.txt", berlin("m", "3", TWO), later.zone("Europe/Berlin"));
            IngestOutcome none = lake.ingest("d.txt", berlin("m", "4", THREE).zone(""), later.zone(""));

            assertThat(both.rowsChanged()).isEqualTo(1);
            assertThat(both.rowsRejected()).isEqualTo(1);
            assertThat(none.rowsRejected()).isEqualTo(2);
            assertThat(TableReader.readings(lake.lake())).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverHoldsAnIntervalTwice(long seed) {
        Random random = new Random(seed);
        Map<String, Map<String, ZoneId>> zones = new HashMap<>();
        Map<String, Line> model = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (TestLake lake = new TestLake(root, config -> config.withBuckets(2))) {
            for (int i = 0; i < 12; i++) {
                List<Line> lines = lines(random, i);
                files.add(lake.file("file" + i, lines));
                Set<Integer> rejected = rejected(lake, lake.ingest(files.getLast()));
                Map<String, Map<String, ZoneId>> before = copy(zones);
                for (int number = 1; number <= lines.size(); number++) {
                    Line line = lines.get(number - 1);
                    check(line, before.getOrDefault(line.meter(), Map.of()), rejected.contains(number));
                    if (!rejected.contains(number)) {
                        model.merge(key(line), line, (old, now) -> recorded(now).isBefore(recorded(old)) ? old : now);
                    }
                }
                Map<String, Map<String, @Nullable Object>> rows = TableReader.readings(lake.lake());
                assertThat(values(rows)).as("after file %d", i).isEqualTo(values(model));
                rows.forEach((key, row) -> zones.computeIfAbsent(
                                String.valueOf(row.get("meter_id")), absent -> new HashMap<>())
                        .merge(key, ZoneId.of(String.valueOf(row.get("time_zone"))), (old, now) -> {
                            assertThat(now).as("the zone of %s", key).isEqualTo(old);
                            return old;
                        }));
                Path replayed = files.get(random.nextInt(files.size()));
                assertThat(lake.ingest(replayed).status()).isEqualTo(Status.ALREADY_INGESTED);
                assertThat(values(TableReader.readings(lake.lake())))
                        .as("after a replay")
                        .isEqualTo(values(model));
            }
            assertThat(lake.rows("rejected_readings")).isNotEmpty();
            assertThat(model.values()).anyMatch(line -> line.zone().isEmpty());
        }
    }

    /** What a plain model can tell of a line without knowing how far apart days have to be. */
    private static void check(Line line, Map<String, ZoneId> ofMeter, boolean rejected) {
        Set<ZoneId> known = new HashSet<>(ofMeter.values());
        ZoneId there = ofMeter.get(key(line));
        if (line.zone().isEmpty()
                ? known.size() <= 1
                : known.isEmpty() || known.equals(Set.of(ZoneId.of(line.zone())))) {
            assertThat(rejected).as("%s is rejected", line).isFalse();
        } else if (there != null && !line.zone().isEmpty() && !there.equals(ZoneId.of(line.zone()))) {
            assertThat(rejected).as("%s is rejected", line).isTrue();
        }
    }

    /** A zone a meter and file: another one within a file is another rule's matter. */
    private static List<Line> lines(Random random, int file) {
        List<String> choice = List.of("", "", "Europe/Berlin", "Australia/Brisbane", "America/Los_Angeles", "UTC");
        Map<String, String> zones = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        Instant from = Instant.parse("2026-03-27T22:00:00Z");
        for (int i = 0; i < 40; i++) {
            String meter = "meter-" + random.nextInt(8);
            String zone = zones.computeIfAbsent(meter, absent -> choice.get(random.nextInt(choice.size())));
            Instant start = from.plus(Duration.ofHours(random.nextInt(6) * 24L * random.nextInt(1, 3)))
                    .plus(Duration.ofMinutes(15L * random.nextInt(96)));
            String recorded = Instant.parse(ONE)
                    .plusSeconds(random.nextInt(1000) * 1000L + file * 40L + i)
                    .toString();
            lines.add(Line.of(meter, start.toString(), Integer.toString(random.nextInt(1000)), recorded)
                    .zone(zone));
        }
        return lines;
    }

    private static Instant recorded(Line line) {
        return Instant.parse(String.valueOf(line.recordedAt()));
    }

    private static String key(Line line) {
        return Model.key(line.meter(), line.channel(), line.startInstant());
    }

    private static Set<Integer> rejected(TestLake lake, IngestOutcome outcome) {
        return lake.rows("rejected_readings").stream()
                .filter(row -> outcome.checksum().equals(row.get("file_checksum")))
                .map(row -> Integer.valueOf(String.valueOf(row.get("line"))))
                .collect(Collectors.toSet());
    }

    private static Map<String, Map<String, ZoneId>> copy(Map<String, Map<String, ZoneId>> zones) {
        Map<String, Map<String, ZoneId>> copy = new HashMap<>();
        zones.forEach((meter, ofMeter) -> copy.put(meter, new HashMap<>(ofMeter)));
        return copy;
    }

    private static Map<String, @Nullable Object> values(Map<String, ?> rows) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        rows.forEach((key, row) -> {
            if (row instanceof Line line) {
                values.put(key, line.decimal());
            } else if (row instanceof Map<?, ?> columns) {
                values.put(key, columns.get("value"));
            }
        });
        return values;
    }
}
