package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout of a lake, as it is made, shown and changed; and what Trino reads of it. */
class LakeCommandTest {
    private static final String HEADER =
            "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n";

    @TempDir
    private Path folder;

    private final String database = SharedStack.get().newSchema("lake_command") + "_lake";

    private CommandRun run(String... arguments) {
        return CommandRun.onStack(
                folder,
                Stream.concat(Stream.of("--set", "lake.database=" + database), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private JsonNode shown() throws IOException {
        CommandRun run = run("lake", "show", "--output", "json");
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private void writeReadings(String name, String value) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        IntStream.range(0, 40)
                .forEach(meter -> text.append("M%d,E1,2026-01-%02dT10:00:00Z,15,%s,kWh,actual,A,2026-02-0%sT00:00:00Z\n"
                        .formatted(meter, 1 + meter / 14, value, value)));
        Files.writeString(folder.resolve(name), text);
    }

    private static List<Object> query(String sql) {
        return List.copyOf(SharedStack.get().trino().rows(sql).firstColumn());
    }

    private String sums(String relation) {
        return "select cast(reading_date as varchar) || ' ' || cast(count(distinct meter_id) as varchar) || ' '"
                + " || cast(count(*) as varchar) || ' ' || cast(sum(value) as varchar) from " + relation
                + " group by reading_date order by 1";
    }

    @Test
    void isMadeForANumberOfMetersAndChangedLater() throws IOException {
        CommandRun missing = run("lake", "show");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("there is none").contains("lake create");
        CommandRun created = run("lake", "create", "--meters", "600000", "--interval", "15");
        assertThat(created.status()).as(created.err()).isZero();
        assertThat(created.out()).contains("buckets  3 a day").contains("meter_readings");
        assertThat(run("lake", "create", "--meters", "700000").status()).isZero();
        CommandRun other = run("lake", "create", "--meters", "1");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("there is one with 3").contains("lake rebucket --buckets 1");
        assertThat(run("lake", "create", "--meters", "0").status()).isEqualTo(2);

        writeReadings("first.csv", "1");
        writeReadings("second.csv", "2");
        run("ingest", "first.csv");
        CommandRun pinned = run("snapshot", "create", "--tables", "meter_readings", "--output", "json");
        String relation = new ObjectMapper()
                .readTree(pinned.out())
                .at("/tables/0/relation")
                .asText();
        List<Object> snapshot = query(sums(relation));
        run("ingest", "second.csv");
        String table = "hudi." + database + ".meter_readings";
        List<Object> before = query(sums(table));
        assertThat(before).hasSize(3).isNotEqualTo(snapshot);
        assertThat(shown().at("/tables/0/files").asInt()).isEqualTo(9);

        assertThat(run("lake", "rebucket", "--buckets", "2", "--dry-run").err())
                .contains("Would write the 9 files of 3 days of readings anew");
        assertThat(shown().at("/buckets").asInt()).isEqualTo(3);
        CommandRun changed = run("lake", "rebucket", "--buckets", "2");
        assertThat(changed.status()).as(changed.err()).isZero();
        assertThat(changed.err()).contains("6 files in place of 9");
        assertThat(shown().at("/buckets").asInt()).isEqualTo(2);
        assertThat(shown().at("/tables/0/files").asInt()).isEqualTo(6);
        assertThat(shown().at("/tables/0/first_partition").asText()).isEqualTo("2026-01-01");
        assertThat(query(sums(table))).isEqualTo(before);
        assertThat(query(sums(relation))).isEqualTo(snapshot);
        assertThat(run("lake", "rebucket", "--buckets", "2").err()).contains("2 buckets a day already");
        assertThat(run("lake", "rebucket", "--buckets", "5000").status()).isEqualTo(2);

        writeReadings("third.csv", "3");
        assertThat(run("ingest", "third.csv").out()).contains("40 changed");
        assertThat(query(sums(table))).hasSize(3).isNotEqualTo(before);
        assertThat(query(sums(relation))).isEqualTo(snapshot);
        assertThat(run("doctor").out()).contains("ok       base files ");
    }
}
