package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.testing.MeterlakeProcess;
import io.meterlake.testing.SharedStack;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command does with its streams, as a process of its own. */
class ProcessTest {
    private static final ProcessBuilder.Redirect FULL_DISK = ProcessBuilder.Redirect.to(new File("/dev/full"));
    private static final String HEADER =
            "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n";

    @TempDir
    private Path folder;

    @Test
    void failsToPrintAQueryOntoAFullDisk() throws Exception {
        assertNotWritten("query", "--output", "csv", "select * from (values 1, 2) as t (x)");
        assertNotWritten("query", "--output", "table", "select 1 as x");
        assertNotWritten("query", "--output", "json", "select 1 as x");
    }

    @Test
    void failsToPrintAFileAndCompiledSqlOntoAFullDisk() throws Exception {
        Files.writeString(folder.resolve("day.csv"), HEADER + reading(0));
        assertNotWritten("inspect", "day.csv");
        Files.createDirectories(folder.resolve("sql-models"));
        Files.writeString(folder.resolve("sql-models/dbt_project.yml"), "name: shop\n");
        assertNotWritten("compile", "--inline", "select 1 as x");
    }

    private void assertNotWritten(String... arguments) throws Exception {
        try (MeterlakeProcess command = MeterlakeProcess.start(folder, FULL_DISK, List.of(), onStack(arguments))) {
            assertThat(command.status()).as(String.join(" ", arguments)).isEqualTo(1);
            assertThat(command.err())
                    .contains("Cannot write the result: No space left on device")
                    .contains("Fix: ");
        }
    }

    @Test
    void endsQuietlyAndCancelsTheQueryWhenItsReaderGoesAway() throws Exception {
        String marker = "gone_" + ProcessHandle.current().pid();
        String sql = "select a.x as " + marker + ", b.x as other, rpad('', 200, 'x') as wide"
                + " from unnest(sequence(1, 10000)) a (x) cross join unnest(sequence(1, 10000)) b (x)";
        try (MeterlakeProcess command =
                MeterlakeProcess.start(folder, List.of(), onStack("query", "--output", "csv", sql))) {
            try (BufferedReader reader = command.process().inputReader(StandardCharsets.UTF_8)) {
                assertThat(reader.readLine()).contains(marker);
                reader.readLine();
            }
            Instant gone = Instant.now();
            assertThat(command.status()).isEqualTo(FailureReport.READER_GONE);
            assertThat(Duration.between(gone, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(command.err()).isEmpty();
        }
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select state from system.runtime.queries where query like 'select a.x as " + marker
                                + "%'")
                        .firstColumn())
                .containsExactly("FAILED");
    }

    @Test
    void endsQuietlyWhenTheReaderOfAFileGoesAway() throws Exception {
        Files.writeString(folder.resolve("long.csv"), longFile(20_000));
        try (MeterlakeProcess command = MeterlakeProcess.start(folder, List.of(), List.of("inspect", "long.csv"))) {
            try (BufferedReader reader = command.process().inputReader(StandardCharsets.UTF_8)) {
                reader.readLine();
            }
            assertThat(command.status()).isEqualTo(FailureReport.READER_GONE);
            assertThat(command.err()).isEmpty();
        }
    }

    @Test
    void printsNothingButTheDocumentOnStdout() throws Exception {
        Files.writeString(folder.resolve("day.csv"), HEADER + reading(0));
        try (MeterlakeProcess command =
                MeterlakeProcess.start(folder, List.of(), onStack("ingest", "--output", "json", "day.csv"))) {
            String out = command.out();
            assertThat(command.status()).as(command::toString).isZero();
            assertThat(new ObjectMapper().readTree(out).get("files")).hasSize(1);
            assertThat(out.lines()).hasSize(1);
        }
    }

    @Test
    void takesInWhatLandsInAFolderUntilItIsToldToEnd() throws Exception {
        Path landing = Files.createDirectories(folder.resolve("landing"));
        Files.writeString(landing.resolve("upload.csv.part"), HEADER);
        try (MeterlakeProcess command = MeterlakeProcess.start(
                        folder,
                        List.of(),
                        onStack("ingest", "--watch", "--settle", "1", "--output", "json", "landing"));
                BufferedReader reader = command.process().inputReader(StandardCharsets.UTF_8)) {
            Files.writeString(landing.resolve("first.csv"), HEADER + reading(0));
            assertThat(new ObjectMapper()
                            .readTree(reader.readLine())
                            .get("rows_new")
                            .asInt())
                    .isEqualTo(1);
            Files.writeString(landing.resolve("notes.txt"), "The files of January.\n");
            assertThat(new ObjectMapper()
                            .readTree(reader.readLine())
                            .get("status")
                            .asText())
                    .isEqualTo("rejected");
            Files.writeString(landing.resolve("second.csv"), HEADER + reading(0) + reading(1));
            assertThat(new ObjectMapper()
                            .readTree(reader.readLine())
                            .get("rows_new")
                            .asInt())
                    .isEqualTo(1);
            command.process().toHandle().destroy();
            assertThat(command.status()).as("ended by SIGTERM: 128 + 15").isEqualTo(143);
            assertThat(reader.readLine())
                    .as("nothing is taken in twice, and no *.part")
                    .isNull();
            assertThat(command.err()).contains("Watching ").doesNotContain("Cannot", "Cut off");
        }
    }

    @Test
    void saysWhatIsInWhenAnIngestIsCutOff() throws Exception {
        Files.writeString(folder.resolve("1.csv"), HEADER + reading(0));
        Files.writeString(folder.resolve("2.csv"), longFile(400_000));
        try (MeterlakeProcess command =
                MeterlakeProcess.start(folder, List.of(), onStack("ingest", "--one-by-one", "1.csv", "2.csv"))) {
            try (BufferedReader reader = command.process().inputReader(StandardCharsets.UTF_8)) {
                assertThat(reader.readLine()).startsWith("1.csv: 1 new");
                command.process().destroy();
                assertThat(command.status()).isEqualTo(143);
            }
            assertThat(command.err())
                    .contains("the files reported before are in the lake")
                    .contains("run the same command again");
        }
        CommandRun again = CommandRun.onStack(folder, "--set", lakeDatabase(), "ingest", "1.csv");
        assertThat(again.out()).contains("1.csv: ingested before");
    }

    @Test
    void writesDigitsAsProgramsReadThemInEveryLanguage() throws Exception {
        Files.writeString(folder.resolve("bad.csv"), HEADER + "M1,E1,never,30,1,kWh,actual,,\n");
        List<String> arabic = List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab");
        try (MeterlakeProcess command = MeterlakeProcess.start(folder, arabic, List.of("inspect", "bad.csv"))) {
            assertThat(command.out()).startsWith("meter_id");
            assertThat(command.status()).isEqualTo(3);
            assertThat(command.err()).contains("bad.csv:2:").contains("0 readings, 1 records rejected");
        }
    }

    private static String longFile(int readings) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < readings; i++) {
            text.append(reading(i));
        }
        return text.toString();
    }

    private static String reading(int interval) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(30L * (interval % 480)));
        return "M" + interval / 480 + ",E1," + start + ",30,1.5,kWh,actual,,2026-02-01T00:00:00Z\n";
    }

    private String lakeDatabase() {
        return "lake.database=process_" + Math.floorMod(folder.hashCode(), 1_000_000);
    }

    private List<String> onStack(String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        for (String setting : List.of(
                "trino.url=" + SharedStack.get().trinoUri(),
                "metastore.uri=" + SharedStack.get().metastoreUri(),
                lakeDatabase())) {
            line.addAll(List.of("--set", setting));
        }
        line.addAll(List.of(arguments));
        return line;
    }
}
