package io.meterlake.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Trino;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer keeps of corrections, as Trino reads it. */
class ReadingChangesInTrinoTest {
    private static final String HEADER = "meter_id,channel,interval_start,interval_minutes,value,unit,quality,"
            + "quality_code,recorded_at,time_zone\n";

    @TempDir
    private Path folder;

    private final Trino trino = SharedStack.get().trino();
    private String database = "";
    private Lake lake;

    @BeforeEach
    void openLake() {
        URI metastore = SharedStack.get().metastoreUri();
        database = SharedStack.get().newSchema("changes") + "_lake";
        LakeConfig config = LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(database);
        lake = Lake.open(config, new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1)));
    }

    @AfterEach
    void closeLake() {
        lake.close();
    }

    @Test
    void areReadWithOldAndNewValuesByDay() throws IOException {
        assertThat(rows("select * from " + table())).isEmpty();
        // Two meters and two of the market's days; 23:30Z is the next day in Berlin.
        ingest("first.csv", "1.5", "actual", "2026-01-26T00:00:00Z");
        IngestOutcome correction = ingest("second.csv", "2.25", "estimated", "2026-01-27T00:00:00Z");
        ingest("again.csv", "2.25", "estimated", "2026-01-28T00:00:00Z");
        ingest("third.csv", "", "withdrawn", "2026-01-29T00:00:00Z");

        String commit = requireNonNull(correction.commit()).requested();
        assertThat(rows("select meter_id, channel, cast(interval_start as timestamp(0)), old_value, new_value,"
                        + " old_quality, new_quality, old_source_file, new_source_file, reading_date from " + table()
                        + " where commit_requested_at = '" + commit + "' order by 1, 3"))
                .containsExactly(
                        "M1|E1|2026-01-25T10:00:00|1.500000|2.250000|actual|estimated|first.csv|second.csv|2026-01-25",
                        "M1|E1|2026-01-25T23:30:00|1.500000|2.250000|actual|estimated|first.csv|second.csv|2026-01-26",
                        "M2|E1|2026-01-25T10:00:00|1.500000|2.250000|actual|estimated|first.csv|second.csv|2026-01-25",
                        "M2|E1|2026-01-25T23:30:00|1.500000|2.250000|actual|estimated|first.csv|second.csv|2026-01-26");
        assertThat(rows("select reading_date, count(*), sum(old_value), sum(new_value),"
                        + " max(old_recorded_at) = timestamp '2026-01-28 00:00:00' from " + table()
                        + " where reading_date = date '2026-01-26' group by 1"))
                .containsExactly("2026-01-26|4|7.500000|4.500000|true");
    }

    private String table() {
        return "hudi." + database + ".reading_changes";
    }

    private IngestOutcome ingest(String name, String value, String quality, String recordedAt) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (String meter : List.of("M1", "M2")) {
            for (String start : List.of("2026-01-25T10:00:00Z", "2026-01-25T23:30:00Z")) {
                text.append(String.join(
                                ",", meter, "E1", start, "30", value, "kWh", quality, "", recordedAt, "Europe/Berlin"))
                        .append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve(name), text);
        IngestOutcome outcome =
                new Ingest(lake, IngestListener.NONE).ingest(new IngestRequest(file, "north", new CsvFormat()));
        assertThat(outcome.rowsRejected()).isZero();
        return outcome;
    }

    private List<String> rows(String sql) {
        return trino.rows(sql).rows().stream()
                .map(ReadingChangesInTrinoTest::text)
                .toList();
    }

    private static String text(List<@Nullable Object> row) {
        return row.stream().map(String::valueOf).collect(Collectors.joining("|"));
    }
}
