package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Trino;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published for queries of a few meters, before and after the snapshot was laid out by meter. */
@Tag("browser") // Its suite gives each class a stack, and so a lake, of its own.
class PublishedByMeterTest {
    private static final Trino TRINO = SharedStack.get().trino();
    private static final String OF_A_METER = "where meter_id = 'BY-METER-1'";

    @Test
    void readsTheGatheredMonthsAsSoonAsThereAreAny(@TempDir Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("meter,start,value\n");
        for (int hour = 0; hour < 40 * 24; hour++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hour));
            csv.append("BY-METER-1,%s,%d%n".formatted(at, hour)).append("BY-METER-2,%s,1%n".formatted(at));
        }
        Files.writeString(folder.resolve("days.csv"), csv);
        Files.writeString(folder.resolve("days.yml"), """
                utility: by_meter
                time_zone: UTC
                columns:
                  meter_id: meter
                  channel: constant:import
                  interval_start: start
                  interval_minutes: constant:60
                  value: value
                  unit: constant:kWh
                  quality: constant:actual
                """);
        run(
                folder,
                "ingest",
                "days.csv",
                "--mapping",
                folder.resolve("days.yml").toString());
        run(folder, "build", "--set", "models.path=" + Path.of("../sql-models").toAbsolutePath());
        List<List<@Nullable Object>> readings = readings("fct_readings");
        assertThat(readings).hasSize(40 * 24);
        assertThat(readings("fct_readings_by_meter")).isEqualTo(readings);
        assertThat(plan("fct_readings_by_meter")).doesNotContain("gathered_months");

        run(folder, "snapshot", "gather");
        assertThat(readings("fct_readings_by_meter")).isEqualTo(readings);
        assertThat(plan("fct_readings_by_meter")).contains("gathered_months");
        assertThat(plan("fct_reading_versions")).contains("gathered_months");
        assertThat(plan("fct_readings"))
                .as("for scans of all meters on a few days")
                .doesNotContain("gathered_months");
    }

    private static List<List<@Nullable Object>> readings(String model) {
        return TRINO.rows("select * from hive.marts.%s %s order by interval_start_at".formatted(model, OF_A_METER))
                .rows();
    }

    private static String plan(String model) {
        return String.join(
                "\n",
                TRINO.rows("explain select * from hive.marts.%s %s".formatted(model, OF_A_METER))
                        .firstColumn());
    }

    private static void run(Path folder, String... arguments) {
        CommandRun run = CommandRun.onStack(folder, arguments);
        assertThat(run.status()).as(run.err()).isZero();
    }
}
