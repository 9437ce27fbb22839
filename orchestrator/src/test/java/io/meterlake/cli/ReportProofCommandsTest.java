package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.error.ExitCode;
import io.meterlake.lake.InputsLock;
import io.meterlake.report.ReportLake;
import io.meterlake.testing.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that prove and compare reports, as a clerk types them. */
class ReportProofCommandsTest {
    private static final String INITIAL = "energy-2026-01-initial-001";
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String FINAL = "energy-2026-01-final-001";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String schema = "";

    @Test
    void proveAndCompareReports() throws IOException {
        Path baseFile;
        try (ReportLake reports = new ReportLake(folder, 0)) {
            schema = reports.schema;
            // A checkout of which git itself can say nothing.
            Files.createDirectories(folder.resolve("project/.git"));
            Files.writeString(folder.resolve("project/.git/HEAD"), COMMIT + "\n");
            reports.ingest(
                    "first.csv",
                    "2026-01-26T00:00:00Z",
                    "M1 2026-01-25T10:00:00Z 1.5 actual",
                    "M3 2026-01-25T10:00:00Z 1 missing");
            reports.loadSeeds();
            reports.report("energy", "2026-01", "initial");
            reports.sign(INITIAL);
            reports.ingest(
                    "second.csv",
                    "2026-01-27T00:00:00Z",
                    "M1 2026-01-25T10:00:00Z 2 actual",
                    "M3 2026-01-25T10:00:00Z 4 estimated",
                    "M3 2026-01-25T10:30:00Z 5 actual");
            reports.report("energy", "2026-01", "final");
            baseFile = reports.snapshots()
                    .files(reports.snapshots().list().getFirst(), "meter_readings")
                    .getFirst()
                    .path(reports.lake.config().root());
            provesOnlyWhileNobodyDrops(reports);
        }

        assertThat(execute("report", "verify", INITIAL)).as(this::errors).isEqualTo(ExitCode.OK.status());
        assertThat(text(out)).startsWith(INITIAL + " (signed): all is as it was;");
        assertThat(execute("report", "reproduce", INITIAL, "--keep", "kept")).isEqualTo(ExitCode.OK.status());
        assertThat(text(out)).isEqualTo("""
                        energy.csv: identical
                        energy.xlsx: identical
                        the files that were made now are in %s
                        %s: identical, byte for byte
                        """.formatted(folder.resolve("kept"), INITIAL));
        assertThat(execute("report", "reproduce", INITIAL, "--keep", "kept")).isEqualTo(ExitCode.USAGE.status());
        assertThat(text(err)).contains("it is not empty");
        assertThat(execute("lineage", "verify")).isEqualTo(ExitCode.OK.status());
        assertThat(text(out)).isEqualTo("3 lineage rows of 2 reports: one chain, and all is as it was written\n");

        assertThat(execute("report", "diff", INITIAL, FINAL)).as(this::errors).isEqualTo(ExitCode.OK.status());
        assertThat(text(out))
                .contains("hill, consumption: 1.500000000 → 2.000000000 kWh, +0.500000000 kWh")
                .contains("  M1 E1: +0.500000000 kWh, 1 interval changed")
                .contains("2026-01-25T10:00:00Z +0.500000000 kWh, corrected: 1.500000 kWh → 2.000000 kWh (second.csv);"
                        + " recorded 2026-01-27T00:00:00Z, received 2026-02-01T03:")
                .contains("2026-01-25T10:30:00Z +5.000000000 kWh, new: nothing → 5.000000 kWh (second.csv)")
                .contains("+4.000000000 kWh, filled: ")
                .endsWith("every difference is explained by readings\n");
        execute("report", "diff", INITIAL, FINAL, "--output", "csv");
        assertThat(text(out).lines())
                .hasSize(4)
                .anyMatch(
                        line -> line.startsWith(
                                "sea,M3,E1,consumption,new,2026-01-25,2026-01-25T10:30:00Z,30,,5.000000000,5.000000000,second.csv,"));
        execute("report", "impact", "--output", "csv");
        assertThat(text(out)).isEqualTo("""
                report_id,partner_id,flow_direction,reported_kwh,now_kwh,difference_kwh
                %1$s,hill,consumption,1.500000000,2.000000000,0.500000000
                %1$s,sea,consumption,0.000000000,9.000000000,9.000000000
                """.formatted(INITIAL));
        execute("report", "impact", "--file", "second.csv", "--output", "json");
        assertThat(text(out)).contains("\"touched\" : true").contains("\"difference_kwh\" : \"0.500000000\"");

        assertThat(execute("report", "sign", FINAL)).isEqualTo(ExitCode.USAGE.status());
        assertThat(text(err))
                .contains("Cannot sign report " + FINAL + ": it is not said who signs")
                .contains("Fix: Add --by");
        assertThat(execute("report", "sign", FINAL, "--by", " ")).isEqualTo(ExitCode.USAGE.status());
        assertThat(execute("report", "list", "--output", "json")).isEqualTo(ExitCode.OK.status());
        assertThat(text(out))
                .contains("\"status\" : \"draft\"")
                .contains("\"status\" : \"signed\"")
                .doesNotContain("\"DRAFT\"");
        execute("report", "show", INITIAL, "--output", "json");
        assertThat(text(out))
                .startsWith("{\n  \"manifest_version\" : 4,")
                .contains("\"status\" : \"signed\"")
                .contains("\"by\" : \"clerk\"")
                .contains("\"superseded\" : null");
        assertThat(execute("--set", "reports.signer=R. Clerk", "report", "sign", FINAL))
                .as(this::errors)
                .isEqualTo(ExitCode.OK.status());
        assertThat(text(out)).startsWith("signed   " + FINAL + " by R. Clerk at ");
        execute("report", "show", INITIAL);
        assertThat(text(out))
                .startsWith("report   " + INITIAL + " (superseded)\n")
                .contains("\nmodels   git commit " + COMMIT + "; whether all edits were committed is not known\n");

        Files.delete(baseFile);
        assertThat(execute("report", "verify", INITIAL)).isEqualTo(ExitCode.INPUTS_MISSING.status());
        assertThat(text(out)).contains("missing file meter_readings/reading_date=2026-01-25/" + baseFile.getFileName());
        assertThat(execute("report", "reproduce", INITIAL, "--output", "json"))
                .isEqualTo(ExitCode.INPUTS_MISSING.status());
        assertThat(text(out))
                .contains("\"outcome\" : \"inputs_missing\"")
                .contains(baseFile.getFileName().toString());
        assertThat(execute("report", "verify", FINAL)).as("it reads others").isEqualTo(ExitCode.OK.status());
        assertThat(execute("report", "verify", "energy-2026-01-initial-002")).isEqualTo(ExitCode.USAGE.status());
        assertThat(text(err)).contains("did you mean '" + INITIAL + "'?");
    }

    private void provesOnlyWhileNobodyDrops(ReportLake reports) throws IOException {
        try (InputsLock dropping = reports.lake.dropInputs()) {
            assertThat(dropping).isNotNull();
            for (String command : List.of("verify", "reproduce")) {
                assertThat(execute("report", command, INITIAL)).isEqualTo(ExitCode.FAILED.status());
                assertThat(text(err)).contains("somebody is dropping snapshots");
            }
        }
        String snapshot = reports.snapshots().list().getLast().id();
        Files.writeString(folder.resolve("retention.yml"), "snapshots:\n  manual: {keep: 0 days}\n");
        try (InputsLock reading = reports.lake.readInputs()) {
            assertThat(reading).isNotNull();
            assertThat(execute("report", "verify", INITIAL))
                    .as("others may read")
                    .isEqualTo(ExitCode.OK.status());
            assertThat(execute("snapshot", "drop", snapshot, "--force")).isEqualTo(ExitCode.FAILED.status());
            assertThat(text(err)).contains("somebody proves or compares reports");
            assertThat(execute("retention", "apply")).isEqualTo(ExitCode.FAILED.status());
            assertThat(text(err)).contains("somebody proves or compares reports");
        }
    }

    private int execute(String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        SharedStack stack = SharedStack.get();
        Map<String, String> environment = Map.of(
                "METERLAKE_TRINO_URL",
                stack.trinoUri().toString(),
                "METERLAKE_METASTORE_URI",
                stack.metastoreUri().toString(),
                "METERLAKE_LAKE_PATH",
                "lake",
                "METERLAKE_LAKE_DATABASE",
                schema + "_lake",
                "METERLAKE_REPORTS_PATH",
                "reports");
        CommandContext context = new CommandContext(console, environment, folder, folder, Clock.systemUTC());
        return CommandLineFactory.create(context).execute(arguments);
    }

    private String errors() {
        return text(err);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
