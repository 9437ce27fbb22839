package io.meterlake.writer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.writer.IngestOutcome.Status;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Examples; each test has a meter of its own in one lake. */
class IngestTest {
    private static final String START = "2026-03-01T10:00:00Z";
    private static final String MORNING = "2026-03-02T08:00:00Z";
    private static final String NOON = "2026-03-02T12:00:00Z";

    @TempDir
    static Path folder;

    private static TestLake lake;

    private String meter = "";

    @BeforeAll
    static void open() {
        lake = new TestLake(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    @BeforeEach
    void nameMeter(TestInfo test) {
        meter = test.getTestMethod().orElseThrow().getName();
    }

    private Line line(String value, String recordedAt) {
        return Line.of(meter, START, value, recordedAt);
    }

    private IngestOutcome ingest(Line... lines) {
        return lake.ingest(fileName(), lines);
    }

    private String fileName() {
        return meter + "-" + lake.nextNumber() + ".txt";
    }

    private List<Map<String, @Nullable Object>> rows() {
        return lake.readings().stream()
                .filter(row -> meter.equals(row.get("meter_id")))
                .toList();
    }

    private void assertValue(@Nullable String value) {
        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("value", value == null ? null : new BigDecimal(value).setScale(6)));
    }

    @Test
    void keepsEveryColumnOfAReading() {
        IngestOutcome outcome = ingest(line("1.5", MORNING));

        assertThat(outcome.status()).isEqualTo(Status.INGESTED);
        assertThat(outcome.rowsNew()).isEqualTo(1);
        assertThat(outcome.written().baseFiles()).isEqualTo(1);
        assertThat(outcome.written().days()).containsExactly(LocalDate.parse("2026-03-01"));
        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("channel", "E1")
                        .containsEntry("interval_start", Instant.parse(START))
                        .containsEntry("interval_start_us", Instant.parse(START).getEpochSecond() * 1_000_000)
                        .containsEntry("interval_minutes", 15)
                        .containsEntry("value", new BigDecimal("1.500000"))
                        .containsEntry("unit", "kWh")
                        .containsEntry("quality", "actual")
                        .containsEntry("quality_code", "A")
                        .containsEntry("recorded_at", Instant.parse(MORNING))
                        .containsEntry("time_zone", "Europe/Berlin")
                        .containsEntry("utility", "acme")
                        .containsEntry(
                                "source_file", outcome.file().getFileName().toString())
                        .containsEntry("file_checksum", outcome.checksum())
                        .containsEntry("reading_date", LocalDate.parse("2026-03-01")));
    }

    @Test
    void replacesAReadingByOneThatWasRecordedLater() {
        ingest(line("1", MORNING));
        IngestOutcome correction = ingest(line("2", NOON));

        assertThat(correction.rowsChanged()).isEqualTo(1);
        assertThat(correction.rowsNew()).isZero();
        assertValue("2");
    }

    @Test
    void keepsAReadingFromOneThatWasRecordedEarlier() {
        ingest(line("2", NOON));
        IngestOutcome late = ingest(line("1", MORNING));

        assertThat(late.rowsLate()).isEqualTo(1);
        assertThat(late.commit()).isNull();
        assertThat(late.written().baseFiles()).isZero();
        assertValue("2");
    }

    @Test
    void takesTheLaterFileOfTwoThatWereRecordedAtTheSameTime() {
        ingest(line("1", NOON));
        assertThat(ingest(line("2", NOON)).rowsChanged()).isEqualTo(1);
        assertValue("2");
    }

    @Test
    void writesNothingForWhatTheTableHasAlready() {
        ingest(line("1", NOON));
        int commits = lake.lake().completedInstants("meter_readings").size();
        IngestOutcome again = ingest(line("1", NOON), line("1", MORNING).channel("E2"), line("1", NOON));
        IngestOutcome onceMore = ingest(line("1", NOON), line("1", NOON));

        assertThat(again.rowsUnchanged()).isEqualTo(1);
        assertThat(again.rowsDuplicate()).isEqualTo(1);
        assertThat(onceMore.rowsUnchanged()).isEqualTo(1);
        assertThat(onceMore.commit()).isNull();
        assertThat(lake.lake().completedInstants("meter_readings")).hasSize(commits + 1);
    }

    @Test
    void changesNothingByTheSameFileAgain() {
        Path file = lake.file(fileName(), List.of(line("1", NOON)));
        IngestOutcome first = lake.ingest(file);
        var before = lake.lake().completedInstants("ingested_files");
        IngestOutcome again = lake.ingest(file);

        assertThat(again.status()).isEqualTo(Status.ALREADY_INGESTED);
        assertThat(again.commit()).isEqualTo(first.commit());
        assertThat(again.rowsNew()).isEqualTo(1);
        assertThat(lake.lake().completedInstants("ingested_files")).isEqualTo(before);
    }

    @Test
    void takesTheLastWordOfAFileOnAnInterval() {
        IngestOutcome outcome = ingest(line("3", NOON), line("1", MORNING), line("4", NOON), line("2", MORNING));

        assertThat(outcome.rowsDuplicate()).isEqualTo(3);
        assertThat(outcome.rowsRead()).isEqualTo(4);
        assertValue("4");
    }

    @Test
    void takesTheTimeOfReceiptWhereTheFileGivesNoTime() {
        ingest(line("1", NOON));
        assertThat(ingest(new Line(meter, "E1", "Europe/Berlin", START, 15, "2", "kWh", "actual", "A", null))
                        .rowsChanged())
                .isEqualTo(1);
        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.get("recorded_at")).isEqualTo(row.get("received_at")));
        assertValue("2");
    }

    @Test
    void keepsTheAbsenceOfAValueAndOfACode() {
        ingest(line("1", MORNING));
        ingest(line("1", NOON).value(null).graded("missing", ""));

        assertValue(null);
        assertThat(rows().getFirst()).containsEntry("quality", "missing").containsEntry("quality_code", null);
        ingest(line("1", "2026-03-03T00:00:00Z"));
        assertValue("1");
    }

    @Test
    void keepsTheLargestAndTheSmallestValues() {
        for (String value : List.of("999999999999.999999", "-999999999999.999999", "0", "0.000001", "-0.000001")) {
            ingest(line(value, "2026-03-03T00:00:0" + lake.nextNumber() % 10 + "Z")
                    .channel(value));
        }
        assertThat(rows())
                .hasSize(5)
                .allSatisfy(row -> assertThat(row.get("value"))
                        .isEqualTo(new BigDecimal(String.valueOf(row.get("channel"))).setScale(6)));
    }

    @Test
    void keepsOutAValueThatDoesNotFitAndTakesTheRest() {
        IngestOutcome outcome = ingest(line("1000000000000", NOON).channel("E2"), line("1", NOON));

        assertThat(outcome.rowsRejected()).isEqualTo(1);
        assertThat(outcome.rowsNew()).isEqualTo(1);
        assertThat(lake.rows("rejected_readings"))
                .filteredOn(row -> outcome.checksum().equals(row.get("file_checksum")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("line", 1L).containsEntry("field", "value"));
        assertValue("1");
    }

    @Test
    void keepsOutReadingsWhoseZoneIsAnotherThanTheFilesFirstOneForTheirChannel() {
        Line berlin = Line.of(meter, "2026-03-01T23:30:00Z", "1", NOON);
        IngestOutcome outcome = ingest(
                berlin,
                berlin.zone("UTC").value("2"),
                berlin.zone("Arctic/Longyearbyen").value("3"),
                berlin.channel("E2").zone("UTC"));

        assertThat(outcome.rowsRejected()).isEqualTo(1);
        assertThat(lake.rows("rejected_readings"))
                .filteredOn(row -> outcome.checksum().equals(row.get("file_checksum")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("line", 2L).containsEntry("field", "time_zone"));
        assertThat(rows())
                .extracting(
                        row -> row.get("channel"),
                        row -> row.get("value"),
                        row -> String.valueOf(row.get("reading_date")))
                .containsExactlyInAnyOrder(
                        tuple("E1", new BigDecimal("3.000000"), "2026-03-02"),
                        tuple("E2", new BigDecimal("1.000000"), "2026-03-01"));
    }

    @Test
    void tellsChannelsWithColonsAndCommasApart() {
        List<String> channels = List.of("1-1:1.29.0", "1-1:2.29.0", "a,b", "a", "b:c,d:e", "x,channel:y", "ä€𝄞");
        for (int round = 0; round < 2; round++) {
            String recorded = round == 0 ? MORNING : NOON;
            lake.ingest(lake.file(
                    fileName(),
                    channels.stream()
                            .map(channel -> line("1", recorded).channel(channel))
                            .toList()));
        }
        assertThat(rows()).extracting(row -> row.get("channel")).containsExactlyInAnyOrderElementsOf(channels);
        assertThat(rows()).allSatisfy(row -> assertThat(row).containsEntry("recorded_at", Instant.parse(NOON)));
    }

    @Test
    void putsTheHoursOfADayIntoTheMarketsDay() {
        // The day on which summer time begins has 23 hours, the one on which it ends 25.
        assertThat(daysOf("2026-03-28T00:00:00Z", 72, "Europe/Berlin"))
                .containsEntry(LocalDate.parse("2026-03-28"), 23L)
                .containsEntry(LocalDate.parse("2026-03-29"), 23L)
                .containsEntry(LocalDate.parse("2026-03-30"), 24L);
        assertThat(daysOf("2026-10-24T22:00:00Z", 26, "Europe/Berlin"))
                .containsEntry(LocalDate.parse("2026-10-25"), 25L)
                .containsEntry(LocalDate.parse("2026-10-26"), 1L);
    }

    private Map<Object, Long> daysOf(String from, int hours, String zone) {
        String channel = from;
        lake.ingest(lake.file(
                fileName(),
                IntStream.range(0, hours)
                        .mapToObj(hour -> Line.of(
                                        meter,
                                        Instant.parse(from)
                                                .plusSeconds(hour * 3600L)
                                                .toString(),
                                        "1",
                                        NOON)
                                .channel(channel)
                                .zone(zone))
                        .toList()));
        return rows().stream()
                .filter(row -> channel.equals(row.get("channel")))
                .collect(Collectors.groupingBy(row -> requireNonNull(row.get("reading_date")), Collectors.counting()));
    }

    @Test
    void knowsAFileThatComesAgainUnderAnotherName() {
        List<Line> lines = List.of(line("1", NOON));
        IngestOutcome first = lake.ingest(lake.file(fileName(), lines));
        lake.ingest(lake.file(fileName(), List.of(line("2", "2026-03-02T16:00:00Z"))));
        var readings = lake.lake().completedInstants("meter_readings");
        var ledger = lake.lake().completedInstants("ingested_files");
        IngestOutcome again = lake.ingest(lake.file(fileName(), lines));

        assertThat(again.status()).isEqualTo(Status.ALREADY_INGESTED);
        assertThat(again.commit()).isEqualTo(first.commit());
        assertThat(lake.lake().completedInstants("meter_readings")).isEqualTo(readings);
        assertThat(lake.lake().completedInstants("ingested_files")).isEqualTo(ledger);
    }

    @Test
    void countsTheTriesOfAVoidFileUnderAllItsNames() {
        List<String> lines = List.of(line("1", NOON).text(), "reject me", "void");
        IngestOutcome outcome = lake.ingest(lake.write(fileName(), lines));
        String again = fileName();
        lake.ingest(lake.write(again, lines));
        assertThat(lake.rows("ingested_files"))
                .filteredOn(row -> outcome.checksum().equals(row.get("file_checksum")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("source_file", again));
    }

    @Test
    void takesNothingOfAVoidFileAndMayTryItAgain() {
        Path file = lake.write(fileName(), List.of(line("1", NOON).text(), "reject me", "void"));
        IngestOutcome outcome = lake.ingest(file);

        assertThat(outcome.status()).isEqualTo(Status.REJECTED);
        assertThat(outcome.reason()).contains("it is void");
        assertThat(outcome.hint()).isEqualTo("Send it again");
        assertThat(rows()).isEmpty();
        assertThat(lake.rows("rejected_readings"))
                .noneMatch(row -> outcome.checksum().equals(row.get("file_checksum")));
        assertThat(lake.rows("ingested_files"))
                .filteredOn(row -> outcome.checksum().equals(row.get("file_checksum")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", "rejected"));
        assertThat(lake.ingest(file).status()).isEqualTo(Status.REJECTED);
    }

    @Test
    void saysOfAFileWithoutAnyGoodRecordThatItWasRejected() {
        IngestOutcome outcome = lake.ingest(lake.write(fileName(), List.of("reject 1", "reject 2 " + meter)));

        assertThat(outcome.status()).isEqualTo(Status.REJECTED);
        assertThat(outcome.rowsRejected()).isEqualTo(2);
        assertThat(outcome.reason())
                .isEqualTo(
                        "all of its 2 records were rejected, the first one: line 1: value: not a number. Fix: Send a number");
        assertThat(lake.rows("rejected_readings"))
                .filteredOn(row -> outcome.checksum().equals(row.get("file_checksum")))
                .hasSize(2);
    }

    @Test
    void ingestsAnEmptyFile() {
        IngestOutcome outcome = lake.ingest(lake.write(fileName(), List.of()));
        assertThat(outcome.status()).isEqualTo(Status.INGESTED);
        assertThat(outcome.rowsRead()).isZero();
    }

    @Test
    void marksEarlierRejectsOfAFileThatIsGoodNow() {
        Path file = lake.file(fileName(), List.of(line("1", NOON)));
        Ingest ingest = new Ingest(lake.lake(), IngestListener.NONE);
        IngestOutcome before = ingest.ingest(new IngestRequest(file, "", new RejectingFormat()));
        assertThat(before.status()).isEqualTo(Status.REJECTED);
        IngestOutcome after = lake.ingest(file);

        assertThat(after.status()).isEqualTo(Status.INGESTED);
        assertThat(lake.rows("rejected_readings"))
                .filteredOn(row -> after.checksum().equals(row.get("file_checksum")))
                .singleElement()
                .satisfies(row -> assertThat(row.get("resolved_at")).isNotNull());
        assertValue("1");
    }

    @Test
    void leavesFilesOfOtherBucketsAlone() {
        List<Line> many = IntStream.range(0, 20)
                .mapToObj(i -> Line.of(meter + i, START, "1", MORNING).zone("Asia/Tokyo"))
                .toList();
        assertThat(lake.ingest(lake.file(fileName(), many)).written().baseFiles())
                .isEqualTo(2);
        assertThat(ingest(many.getFirst().value("2")).written().baseFiles()).isEqualTo(1);
    }

    @Test
    void takesTheUtilityFromTheCallerBeforeTheFile() {
        Path file = lake.file(fileName(), List.of(line("1", NOON)));
        IngestOutcome outcome = new Ingest(lake.lake(), IngestListener.NONE)
                .ingest(new IngestRequest(file, "north", LineFormat.INSTANCE));
        assertThat(outcome.utility()).isEqualTo("north");
        assertThat(rows().getFirst()).containsEntry("utility", "north");
    }
}
