package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was rejected is found, explained, and taken in when the mapping is mended; and what came is told. */
class RejectsCommandTest {
    private static final Instant MORNING = Instant.parse("2026-01-27T07:00:00Z");

    @TempDir
    private Path folder;

    private String database = "";

    @BeforeEach
    void deliverAFileWithAnUnknownStatus() throws IOException {
        database = SharedStack.get().newSchema("rejects") + "_lake";
        Files.writeString(folder.resolve("day.csv"), """
                meter,start,kwh,status
                M1,2026-01-26 10:00,1.5,A
                M2,2026-01-26 10:00,2.5,Z
                M3,2026-01-26 10:00,x,A
                """);
        mapping("{A: actual}");
    }

    private void mapping(String codes) throws IOException {
        Files.writeString(folder.resolve("north.yml"), """
                utility: north
                time_zone: UTC
                columns:
                  meter_id: meter
                  channel: constant:import
                  interval_start: start
                  interval_minutes: constant:30
                  value: kwh
                  unit: constant:kWh
                  quality: status
                quality_codes: %s
                timestamp_format: yyyy-MM-dd HH:mm
                """.formatted(codes));
    }

    private CommandRun run(String... arguments) {
        return CommandRun.onStackAt(
                MORNING,
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + database), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void areListedShownAndTakenInWhenTheMappingIsMended() throws IOException {
        CommandRun dry = run("ingest", "--dry-run", "--mapping", "north.yml", "day.csv");
        assertThat(dry.status()).as(dry.err()).isEqualTo(3);
        assertThat(dry.out()).isEqualTo("day.csv: would be 1 new, 2 rejected\n");
        assertThat(run("ingest", "status").out()).isEmpty();

        assertThat(run("ingest", "--mapping", "north.yml", "day.csv").out())
                .startsWith("day.csv: 1 new, 2 rejected")
                .contains("see: ./meterlake rejects list --file 'day.csv'");
        CommandRun list = run("rejects", "list", "--utility", "north", "--day", "2026-01-27");
        assertThat(list.out()).as(list.err()).contains("day.csv:3: quality: ").contains("day.csv:4: value: ");
        assertThat(run("rejects", "list", "--reason", "'x'").out().lines()).hasSize(1);
        assertThat(run("rejects", "list", "--by", "utility,file").out()).isEqualTo("      2  north  day.csv\n");
        JsonNode rejects = json(run("rejects", "list", "--output", "json"));
        assertThat(rejects.at("/count").asInt()).isEqualTo(2);
        String id = rejects.at("/rejects/0/id").asText();
        CommandRun shown = run("rejects", "show", id);
        assertThat(shown.out())
                .as(shown.err())
                .contains("at        day.csv:3")
                .contains("fix       ")
                .contains("\nM2,2026-01-26 10:00,2.5,Z\n");
        assertThat(run("rejects", "show", "day.csv:9").status()).isEqualTo(2);

        mapping("{A: actual, Z: estimated}");
        assertThat(run("ingest", "--mapping", "north.yml", "day.csv").out()).contains("ingested before");
        CommandRun retried = run("rejects", "retry", "--mapping", "north.yml", "day.csv");
        assertThat(retried.status()).as(retried.err()).isEqualTo(3);
        assertThat(retried.out()).startsWith("day.csv: 1 new, 1 unchanged, 1 rejected");
        assertThat(retried.err()).contains("1 file read once more: 2 rejects before, 1 now.");
        assertThat(run("rejects", "list").out().lines()).hasSize(1);
        assertThat(run("rejects", "list", "--all").out())
                .contains("day.csv:3: ")
                .contains("(resolved 2026-01-27T07:00:00Z)");
        assertThat(run("query", "select count(*), sum(value) from hudi." + database + ".meter_readings")
                        .out())
                .contains("2,4.000000");
    }

    @Test
    void aFileThatNeverCameIsNotRetried() {
        CommandRun run = run("rejects", "retry", "--mapping", "north.yml", "day.csv");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("no file with this content was ingested").contains("Fix: Take it in with");
    }

    @Test
    void tellsWhatCameAndWhoIsLate() throws IOException {
        assertThat(run("ingest", "check").status()).as("nothing is expected").isEqualTo(2);
        Files.writeString(
                folder.resolve("deliveries.yml"), "utilities:\n  north: {by: '06:00', time_zone: UTC, meters: 2}\n");
        CommandRun late = run("ingest", "check");
        assertThat(late.status()).as(late.err()).isEqualTo(3);
        assertThat(late.out()).contains("Late: north has sent 0 of 1 files for 2026-01-26");

        run("ingest", "--mapping", "north.yml", "day.csv");
        CommandRun status = run("ingest", "status", "--utility", "north");
        assertThat(status.out())
                .as(status.err())
                .isEqualTo("2026-01-27T07:00:00Z  north  day.csv: 1 new, 0 changed, 2 rejected;"
                        + " up to 2026-01-26T10:00:00Z, 21.0 h later\n");
        assertThat(run("ingest", "check").out()).contains("Late: north has sent readings of 1 of 2 meters");
        mapping("{A: actual, Z: estimated}");
        run("rejects", "retry", "--mapping", "north.yml", "day.csv");
        CommandRun complete = run("ingest", "check");
        assertThat(complete.status()).as(complete.err()).isZero();
        assertThat(complete.out()).isEqualTo("The 1 utility has sent what is expected of it.\n");
    }
}
