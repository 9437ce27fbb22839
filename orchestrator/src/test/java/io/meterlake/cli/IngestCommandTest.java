package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches in which something is wrong. */
class IngestCommandTest {
    /** A file that opens and whose first byte cannot be read. */
    private static final String UNREADABLE = "/proc/self/mem";

    @TempDir
    private Path folder;

    private static final String MAPPING = """
            utility: northgrid
            time_zone: Europe/Dublin
            columns:
              meter_id: meter
              channel: constant:import
              interval_start: start
              interval_minutes: constant:30
              value: kwh
              unit: constant:kWh
              quality: constant:actual
            timestamp_format: yyyy-MM-dd HH:mm
            """;

    private String database = "";

    @BeforeEach
    void nameLake() throws IOException {
        database = SharedStack.get().newSchema("ingest") + "_lake";
        Files.createDirectories(folder.resolve("landing"));
        Files.writeString(folder.resolve("landing/a.csv"), """
                meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at
                M1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,2026-01-26T00:00:00Z
                """);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.onStack(
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + database), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void refusesToMergeWithoutAFileThatIsMissingAndTheDoctorNamesIt() throws IOException {
        assertThat(run("ingest", "--format", "csv", "landing/a.csv").status()).isZero();
        Path file;
        try (Stream<Path> files = Files.walk(folder.resolve(".meterlake/lake/meter_readings"))) {
            file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(file);
        String missing = "meter_readings/reading_date=2026-01-25/" + file.getFileName() + " of commit ";
        Files.writeString(
                folder.resolve("landing/b.csv"),
                Files.readString(folder.resolve("landing/a.csv")).replace("1.5", "2.5"));

        CommandRun refused = run("ingest", "--format", "csv", "landing/b.csv");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Cannot merge readings into meter_readings: " + missing)
                .contains("--without-missing-files");
        CommandRun doctor = run("doctor");
        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("PROBLEM  base files     1 base file is missing in ")
                .contains(missing);

        CommandRun told = run("ingest", "--format", "csv", "--without-missing-files", "landing/b.csv");
        assertThat(told.out()).as(told.err()).startsWith("b.csv: 1 new");
        assertThat(run("doctor").out()).contains("ok       base files ");
    }

    @Test
    void keepsTheOutcomesBeforeTheFileThatFails() throws IOException {
        CommandRun text = run("ingest", "--format", "csv", "landing/a.csv", UNREADABLE);
        assertThat(text.status()).isEqualTo(2);
        assertThat(text.out()).startsWith("a.csv: 1 new").contains("; commit ");
        assertThat(text.err()).contains("Cannot read the file /proc/self/mem");

        CommandRun json = run("ingest", "--format", "csv", "--output", "json", "landing/a.csv", UNREADABLE);
        assertThat(json.status()).isEqualTo(2);
        JsonNode document = new ObjectMapper().readTree(json.out());
        assertThat(document.at("/files/0/status").asText()).isEqualTo("already_ingested");
        assertThat(document.at("/error/code").asText()).isEqualTo("FILE_NOT_READABLE");
    }

    @Test
    void takesInTheOthersBesideAFileThatNoFormatRecognises() throws IOException {
        Files.writeString(folder.resolve("landing/README.txt"), "The files of January.\n");
        CommandRun run = run("ingest", "landing");
        assertThat(run.status()).as(run.err()).isEqualTo(3);
        assertThat(run.out())
                .contains("a.csv: 1 new")
                .contains("README.txt: rejected: Cannot read README.txt: no format recognises it");
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select source_file || ' ' || format || ' ' || status from hudi." + database
                                + ".ingested_files order by 1")
                        .firstColumn())
                .isEqualTo(List.of("README.txt unknown rejected", "a.csv csv ingested"));
    }

    @Test
    void commitsSmallFilesTogetherOrOneByOne() throws IOException {
        String more = Files.readString(folder.resolve("landing/a.csv"));
        Files.writeString(folder.resolve("landing/b.csv"), more.replace("M1", "M2"));
        CommandRun together = run("ingest", "landing");
        assertThat(together.status()).as(together.err()).isZero();
        assertThat(together.out().lines()).hasSize(3).first().asString().matches("a\\.csv: 1 new; commit [0-9]{17}");
        assertThat(together.out().lines())
                .last()
                .asString()
                .matches("Commit [0-9]{17} of 2 files: 2 rows new or changed, 1 file \\([0-9]+ kB\\) of 1 day written");
        Files.writeString(folder.resolve("landing/c.csv"), more.replace("M1", "M3"));
        Files.writeString(folder.resolve("landing/d.csv"), more.replace("M1", "M4"));
        JsonNode each = new ObjectMapper()
                .readTree(run("ingest", "--one-by-one", "--output", "json", "landing")
                        .out());
        assertThat(each.at("/files/2/commit_files").asInt()).isEqualTo(1);
        assertThat(each.at("/files/2/commit").asText())
                .isNotEqualTo(each.at("/files/3/commit").asText());
        assertThat(each.at("/files/2/stage_seconds").fieldNames())
                .toIterable()
                .contains("read", "sort", "commit", "ledger");
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select count(distinct commit_requested_at) from hudi." + database + ".ingested_files")
                        .firstColumn())
                .isEqualTo(List.of("3"));
    }

    @Test
    void refusesFilesOfWhichNoFormatRecognisesAny() throws IOException {
        Files.writeString(folder.resolve("README.txt"), "The files of January.\n");
        CommandRun run = run("ingest", "README.txt");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no format recognises it");
    }

    @Test
    void takesInWhatIsNamedBesideAFileThatNoFormatRecognises() throws IOException {
        Files.writeString(folder.resolve("README.txt"), "The files of January.\n");
        CommandRun run = run("ingest", "README.txt", "landing/a.csv");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("README.txt: rejected: ").contains("a.csv: 1 new");
    }

    @Test
    void findsAMappingFromTheFolderThatTheCommandIsGivenIn() throws IOException {
        Files.writeString(folder.resolve("north.csv"), "meter,start,kwh\nM1,2026-01-25 10:00,1.5\n");
        Files.writeString(folder.resolve("north.yml"), MAPPING);
        CommandRun inspected = run("inspect", "--mapping", "north.yml", "north.csv");
        assertThat(inspected.status()).as(inspected.err()).isZero();
        CommandRun ingested = run("ingest", "--mapping", "north.yml", "north.csv");
        assertThat(ingested.status()).as(ingested.err()).isZero();
        assertThat(ingested.out()).contains("north.csv: 1 new");
        assertThat(run("ingest", "--mapping", "south.yml", "north.csv").err())
                .contains("Cannot read " + folder.resolve("south.yml") + ": there is no such file");
    }
}
