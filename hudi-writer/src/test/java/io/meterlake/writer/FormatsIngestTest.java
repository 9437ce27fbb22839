package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.MeterFormats;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the installed formats, all the way into the tables. */
class FormatsIngestTest {
    @TempDir
    static Path folder;

    private static TestLake lake;

    @BeforeAll
    static void open() {
        lake = new TestLake(folder);
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    private static IngestOutcome ingest(String name, String format, List<String> lines) {
        return new Ingest(lake.lake(), IngestListener.NONE)
                .ingest(new IngestRequest(
                        lake.write(name, lines), "", MeterFormats.installed().named(format)));
    }

    private static List<Map<String, @Nullable Object>> rejectedOf(String file) {
        return lake.rows("rejected_readings").stream()
                .filter(row -> file.equals(row.get("source_file")))
                .toList();
    }

    @Test
    void takesInMsconsAndKeepsWhatItRejectsBySegment() {
        IngestOutcome outcome = ingest(
                "day.edi",
                "mscons",
                List.of(
                        "UNB+UNOC:3+9900000000001:500+9900000000002:500+260102:1347+REF1'UNH+1+MSCONS:D:04B:UN:2.4c'",
                        "BGM+7+M1+9'DTM+137:202601021315?+00:303'NAD+MS+9900000000001::293'UNS+D'NAD+DP'",
                        "LOC+172+10181928253'LIN+1'PIA+5+1-1?:1.29.0:SRW'",
                        "QTY+220:36.300'DTM+163:202601010000?+01:303'DTM+164:202601010015?+01:303'",
                        "QTY+999:1'DTM+163:202601010015?+01:303'DTM+164:202601010030?+01:303'",
                        "QTY+67:7'DTM+163:202601010030?+01:303'DTM+164:202601010045?+01:303'UNT+19+1'UNZ+1+REF1'"));

        assertThat(outcome.rowsNew()).isEqualTo(2);
        assertThat(lake.readings().stream()
                        .filter(row -> "10181928253".equals(row.get("meter_id")))
                        .toList())
                .hasSize(2)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("channel", "1-1:1.29.0")
                        .containsEntry("interval_start", Instant.parse("2025-12-31T23:30:00Z"))
                        .containsEntry("value", new BigDecimal("7.000000"))
                        .containsEntry("quality", "substituted")
                        .containsEntry("time_zone", "Europe/Berlin")
                        .containsEntry("reading_date", LocalDate.parse("2026-01-01")));
        assertThat(rejectedOf("day.edi"))
                .singleElement()
                .satisfies(row -> assertThat(row.toString())
                        .contains("'999' is no qualifier", "QTY+999:1'DTM+163:202601010015?+01:303'"));
    }

    /** They are no interval readings, so they wait where nothing is lost until there is a table for them. */
    @Test
    void keepsReadsOfRegistersAsRejectedRecords() {
        String record =
                "250,NEM1313042,11,1,11,11,13042,E,99890,20041117093206,A,,,02034,20050217074053,A,,,2144,KWH,,,";
        ingest("reads.csv", "nem13", List.of("100,NEM13,200505161145,CNRGYMDP,NEMMCO", record, "900"));

        assertThat(lake.readings()).noneMatch(row -> "NEM1313042".equals(row.get("meter_id")));
        assertThat(rejectedOf("reads.csv"))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).contains(record));
    }
}
