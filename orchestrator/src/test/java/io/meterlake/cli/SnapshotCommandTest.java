package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.error.ExitCode;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lake.RegisteredTables;
import io.meterlake.testing.LostDatabase;
import io.meterlake.testing.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCommandTest {
    @TempDir
    private Path folder;

    private final String database = SharedStack.get().newSchema("snapshot_command") + "_lake";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void goesThroughTheLifeOfASnapshot() throws IOException {
        Files.writeString(folder.resolve("r.csv"), """
                meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at
                m1,E1,2026-01-01T10:00:00Z,15,1.5,kWh,actual,A,2026-01-02T00:00:00Z
                """);
        execute(ExitCode.OK, "ingest", "r.csv");
        JsonNode created = json(ExitCode.OK, "snapshot", "create", "--tables", "meter_readings", "--output", "json");
        String id = created.path("snapshot_id").asText();
        JsonNode table = created.path("tables").path(0);

        assertThat(created.path("purpose").asText()).isEqualTo("manual");
        assertThat(table.path("relation").asText()).isEqualTo("hive.snap_" + id + ".meter_readings");
        assertThat(table.path("files").asInt()).isEqualTo(1);
        assertThat(table.path("instants").path(0).path("completed").asText()).hasSize(17);
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select value from " + table.path("relation").asText())
                        .rows())
                .hasSize(1);
        assertThat(execute(ExitCode.OK, "snapshot", "gather"))
                .isEqualToIgnoringNewLines(
                        "hive.snap_" + id + ".readings_by_meter: 0 months by meter, 1 day from the base files");
        JsonNode gathered = json(ExitCode.OK, "snapshot", "gather", id, "--output", "json");
        assertThat(gathered.path("days_apart").asInt()).isEqualTo(1);
        assertThat(execute(
                        ExitCode.OK,
                        "query",
                        "select value from " + gathered.path("relation").asText()))
                .contains("1.500000");
        assertThat(json(ExitCode.OK, "snapshot", "list", "--output", "json").path("snapshots"))
                .hasSize(1);
        assertThat(execute(ExitCode.OK, "snapshot", "list")).startsWith(id).contains("1 table, 1 file, ");
        assertThat(execute(ExitCode.OK, "snapshot", "show", id))
                .contains("query    select * from hive.snap_" + id + ".meter_readings");
        assertThat(execute(ExitCode.OK, "snapshot", "verify", id)).contains("all is as it was pinned");

        try (var files = Files.walk(folder.resolve("lake/meter_readings"))) {
            Files.delete(files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
        execute(
                ExitCode.FAILED,
                "query",
                "select value from " + table.path("relation").asText());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Fix: `./meterlake snapshot verify " + id + "`");
        JsonNode check = json(ExitCode.DATA, "snapshot", "verify", id, "--output", "json");
        assertThat(check.path("problems").path(0).path("kind").asText()).isEqualTo("missing_file");
        assertThat(check.path("problems").path(0).path("file").asText())
                .startsWith("meter_readings/reading_date=2026-01-01/");

        try (Lake lake = Lake.open(config(), Clock.systemUTC());
                InputsLock proof = lake.readInputs()) {
            assertThat(proof).isNotNull();
            execute(ExitCode.FAILED, "snapshot", "drop", id);
            assertThat(execute(ExitCode.OK, "snapshot", "drop", id, "--dry-run"))
                    .as("what changes nothing waits for nobody")
                    .startsWith("Would drop snapshot " + id);
        }
        assertThat(execute(ExitCode.OK, "snapshot", "drop", id)).startsWith("Dropped snapshot " + id);
        assertThat(execute(ExitCode.OK, "snapshot", "list")).isEmpty();
        assertThat(json(ExitCode.USAGE, "snapshot", "show", id, "--output", "json")
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("UNKNOWN_SNAPSHOT");
        execute(ExitCode.USAGE, "snapshot", "gather");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Fix: Make one: `./meterlake snapshot create`");
        execute(ExitCode.USAGE, "snapshot", "create", "--at", "yesterday");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'yesterday': it is not an instant");
        for (String future : List.of("2999-01-01T00:00:00Z", "29990101000000000")) {
            execute(ExitCode.USAGE, "snapshot", "create", "--at", future);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("'" + future + "': it lies in the future");
        }
    }

    @Test
    void registersSnapshotsAnewWhenTheMetastoreWasLost() throws IOException {
        Files.writeString(folder.resolve("r.csv"), """
                meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at
                m1,E1,2026-01-01T10:00:00Z,15,1.5,kWh,actual,A,2026-01-02T00:00:00Z
                """);
        execute(ExitCode.OK, "ingest", "r.csv");
        String id = json(ExitCode.OK, "snapshot", "create", "--output", "json")
                .path("snapshot_id")
                .asText();
        LakeConfig config = config();
        try (Lake lake = Lake.open(config, Clock.systemUTC())) {
            LostDatabase.of(lake, "snap_" + id);
        }

        assertThat(execute(ExitCode.FAILED, "doctor"))
                .contains("the metastore does not have the tables of 1 listed snapshot: " + id)
                .contains("Fix: Run `./meterlake snapshot register`.");
        assertThat(execute(ExitCode.DATA, "snapshot", "verify", id))
                .contains("snap_" + id + ".meter_readings is not in the metastore as it was registered");
        assertThat(execute(ExitCode.OK, "snapshot", "register")).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("The tables of snapshot " + id + " are in the metastore." + System.lineSeparator());
        execute(ExitCode.OK, "snapshot", "verify", id);
        assertThat(SharedStack.get()
                        .trino()
                        .rows("select value from hive.snap_" + id + ".meter_readings")
                        .rows())
                .hasSize(1);
        execute(ExitCode.OK, "snapshot", "register", id);
        assertThat(execute(ExitCode.FAILED, "doctor"))
                .contains("ok       snapshots      1 is registered")
                .contains("ok       lake's tables  the metastore has all of " + database + ".*")
                .contains("ok       base files ");

        LakeConfig elsewhere = config.withDatabase(database + "_lost");
        assertThat(new RegisteredTables(elsewhere).missing())
                .as("a metastore that knows nothing of the lake's database")
                .contains("meter_readings", "snapshots");
        String lost = execute(ExitCode.FAILED, "--set", "lake.database=" + database + "_lost", "doctor");
        assertThat(lost)
                .contains("PROBLEM  lake's tables  the metastore does not have meter_readings, ")
                .contains("`./meterlake snapshot register`")
                .contains("`./meterlake build`");
        assertThat(new RegisteredTables(elsewhere).missing())
                .as("the doctor changes nothing")
                .contains("meter_readings", "snapshots");
    }

    @Test
    void registersAllSnapshotsButThoseThatCannotBe() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(json(ExitCode.OK, "snapshot", "create", "--output", "json")
                    .path("snapshot_id")
                    .asText());
        }
        try (Lake lake = Lake.open(config(), Clock.systemUTC())) {
            ids.forEach(id -> LostDatabase.of(lake, "snap_" + id));
        }
        Files.writeString(
                folder.resolve("lake/.snapshots").resolve(ids.get(1)).resolve("meter_readings.files.csv"),
                "another list");

        assertThat(execute(ExitCode.DATA, "snapshot", "register")).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("The tables of snapshot " + ids.get(0) + " are in the metastore.")
                .contains("Snapshot " + ids.get(1) + ": Cannot read the list of files of meter_readings", "  Fix: ")
                .contains("The tables of snapshot " + ids.get(2) + " are in the metastore.")
                .contains("Not in the metastore: 1 of 3 snapshots, " + ids.get(1));
        execute(ExitCode.OK, "snapshot", "verify", ids.get(2));

        String unknown = "20260101000000000";
        execute(ExitCode.DATA, "snapshot", "register", unknown, ids.get(0));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Cannot find the snapshot " + unknown)
                .contains("The tables of snapshot " + ids.get(0) + " are in the metastore.")
                .contains("Not in the metastore: 1 of 2 snapshots, " + unknown);
    }

    private LakeConfig config() {
        URI metastore = SharedStack.get().metastoreUri();
        return LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(database);
    }

    private JsonNode json(ExitCode expected, String... arguments) throws IOException {
        return new ObjectMapper().readTree(execute(expected, arguments));
    }

    /** Runs a command, and returns what it printed. */
    private String execute(ExitCode expected, String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        Map<String, String> environment = Map.of(
                "METERLAKE_TRINO_URL", SharedStack.get().trinoUri().toString(),
                "METERLAKE_METASTORE_URI", SharedStack.get().metastoreUri().toString(),
                "METERLAKE_LAKE_PATH", folder.resolve("lake").toString(),
                "METERLAKE_LAKE_DATABASE", database);
        CommandContext context = new CommandContext(console, environment, folder, folder, Clock.systemUTC());
        assertThat(CommandLineFactory.create(context).execute(arguments))
                .as(() -> String.join(" ", arguments) + ": " + err.toString(StandardCharsets.UTF_8))
                .isEqualTo(expected.status());
        return out.toString(StandardCharsets.UTF_8);
    }
}
