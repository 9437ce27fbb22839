package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.engine.Trino;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.testing.LostDatabase;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a lake with a year of days, read by a real Trino through a real metastore. */
class SnapshotQueryTest {
    private static final LocalDate FIRST_DAY = LocalDate.parse("2025-01-01");
    private static final int DAYS = 365;
    private static final int BUCKETS = 4;
    private static final int METERS = 24;
    private static final String COLUMNS = "meter_id, channel, interval_start, interval_start_us, value, recorded_at,"
            + " received_at, source_file, reading_date, _hoodie_commit_time, _hoodie_file_name";

    @TempDir
    private static Path folder;

    private static final Trino TRINO = SharedStack.get().trino();
    private static Lake lake;
    private static String database = "";
    private static Snapshots snapshots;
    private static Snapshot empty;
    private static Snapshot year;
    private static Duration creation = Duration.ZERO;
    private static final List<String> STEPS = new ArrayList<>();

    @BeforeAll
    static void makeLake() throws IOException {
        URI metastore = SharedStack.get().metastoreUri();
        database = SharedStack.get().newSchema("snapshots");
        lake = Lake.open(
                LakeConfig.of(
                                folder.resolve("a lake, with 100% odd 'letters'"),
                                metastore.getHost(),
                                metastore.getPort())
                        .withDatabase(database + "_lake")
                        .withBuckets(BUCKETS),
                new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1)));
        snapshots = new Snapshots(lake);
        empty = snapshots.create(SnapshotRequest.now("test"));
        ingest("year.csv", DAYS, "1.5", "2026-01-01T00:00:00Z");
        long start = System.nanoTime();
        SnapshotListener times = new SnapshotListener() {
            @Override
            public void reached(String snapshotId, SnapshotStep step) {
                STEPS.add(step + " after "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            }
        };
        year = new Snapshots(lake, times).create(SnapshotRequest.now("test"));
        creation = Duration.ofNanos(System.nanoTime() - start);
    }

    @AfterAll
    static void dropAll() {
        snapshots.list().forEach(snapshot -> snapshots.drop(snapshot.id()));
        assertThat(TRINO.rows("show schemas from hive like 'snap\\_" + year.id() + "%' escape '\\'")
                        .rows())
                .isEmpty();
        lake.close();
    }

    /** One reading a day of every meter, on the first days. */
    private static void ingest(String name, int days, String value, String recordedAt) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at");
        for (int day = 0; day < days; day++) {
            for (int meter = 0; meter < METERS; meter++) {
                lines.add("m%02d,E1,%sT10:00:00Z,15,%s,kWh,actual,A,%s"
                        .formatted(meter, FIRST_DAY.plusDays(day), value, recordedAt.replace("Z", ".123456Z")));
            }
        }
        Path file = Files.write(folder.resolve(name), lines);
        new Ingest(lake, IngestListener.NONE).ingest(new IngestRequest(file, "test", new CsvFormat()));
    }

    private static String live(String table) {
        return "hudi." + database + "_lake." + table;
    }

    private static String pinned(Snapshot snapshot, String table) {
        return "hive." + snapshot.database() + "." + table;
    }

    private static List<List<String>> rows(String sql) {
        return TRINO.rows(sql).rows().stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }

    @Test
    void readsTheSameRowsAsTheTableItself() throws IOException {
        Snapshot now = snapshots.create(SnapshotRequest.now("test"));
        for (String both : List.of(
                "select %s from %s except select %s from %s"
                        .formatted(COLUMNS, live("meter_readings"), COLUMNS, pinned(now, "meter_readings")),
                "select %s from %s except select %s from %s"
                        .formatted(COLUMNS, pinned(now, "meter_readings"), COLUMNS, live("meter_readings")))) {
            assertThat(rows(both)).isEmpty();
        }
        assertThat(rows("select count(*) from " + pinned(now, "meter_readings")))
                .containsExactly(List.of(Integer.toString(DAYS * METERS)));
        assertThat(rows("select status, rows_new from " + pinned(now, "ingested_files") + " where rows_new = "
                        + DAYS * METERS))
                .containsExactly(List.of("ingested", Integer.toString(DAYS * METERS)));
    }

    @Test
    void stillReadsTheOldRowsAfterCorrections() throws IOException {
        ingest("correction.csv", 3, "2.25", "2026-01-02T00:00:00Z");
        String sums = "select sum(value), count(*) from ";

        assertThat(rows(sums + pinned(year, "meter_readings"))).containsExactly(List.of("13140.000000", "8760"));
        assertThat(rows(sums + live("meter_readings"))).containsExactly(List.of("13194.000000", "8760"));
        assertThat(rows(sums + pinned(snapshots.create(SnapshotRequest.now("test")), "meter_readings")))
                .containsExactly(List.of("13194.000000", "8760"));
        String pinnedAt = year.table("meter_readings")
                .orElseThrow()
                .newest()
                .orElseThrow()
                .completed();
        Snapshot again =
                snapshots.create(new SnapshotRequest("test", List.of("meter_readings"), Optional.of(pinnedAt)));
        assertThat(rows(sums + pinned(again, "meter_readings"))).containsExactly(List.of("13140.000000", "8760"));
        assertThat(snapshots.verify(year).problems()).isEmpty();
    }

    @Test
    void readsOnlyThePartitionsThatAreAskedFor() {
        String plan = rows("explain (type io, format json) select value from " + pinned(year, "meter_readings")
                        + " where reading_date = date '2025-03-01'")
                .getFirst()
                .getFirst();
        assertThat(plan).contains("2025-03-01").doesNotContain("2025-03-02").doesNotContain("2025-02-28");
        assertThat(rows("select count(*) from \"hive\".\"" + year.database() + "\".\"meter_readings$partitions\""))
                .containsExactly(List.of("365"));
    }

    @Test
    void readsAnEmptyTable() {
        assertThat(rows("select * from " + pinned(empty, "meter_readings"))).isEmpty();
        assertThat(rows("select * from " + pinned(empty, "ingested_files"))).isEmpty();
    }

    @Test
    void keepsTimesThroughTablesThatModelsMake() {
        TRINO.execute("create schema hive." + year.database() + "__marts");
        String copy = "hive." + year.database() + "__marts.copy";
        TRINO.execute("create table " + copy + " as select meter_id, interval_start, recorded_at, value from "
                + pinned(year, "meter_readings") + " where reading_date <= date '2025-01-10'");

        assertThat(rows("select count(*) from " + copy + " c join " + live("meter_readings")
                        + " r on c.meter_id = r.meter_id and c.interval_start = r.interval_start"
                        + " and c.recorded_at = r.recorded_at"))
                .containsExactly(List.of(Integer.toString(10 * METERS)));
        assertThat(rows("select distinct typeof(recorded_at), cast(recorded_at as varchar) from " + copy
                        + " where interval_start < timestamp '2025-01-02 00:00:00'"))
                .containsExactly(List.of("timestamp(6)", "2026-01-01 00:00:00.123456"));
    }

    @Test
    void takesSecondsForAYear() {
        PinnedTable readings = year.table("meter_readings").orElseThrow();
        System.err.println("A snapshot of " + readings.files() + " files in " + DAYS + " partitions took " + creation
                + ": " + String.join(", ", STEPS));
        assertThat(readings.files()).isEqualTo((long) DAYS * BUCKETS);
        assertThat(creation).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void refusesEveryChangeThroughTrino() {
        String table = pinned(year, "meter_readings");
        for (String change : List.of(
                "delete from " + table,
                "delete from " + table + " where reading_date = date '2025-01-01'",
                "drop table " + table,
                "drop schema hive." + year.database() + " cascade",
                "create table hive." + year.database() + ".mine as select 1 as x",
                "create view hive." + year.database() + ".mine as select 1 as x",
                "alter table " + table + " rename to hive." + year.database() + ".mine")) {
            assertThatThrownBy(() -> TRINO.execute(change)).as(change).hasMessageContaining("Access Denied");
        }
        assertThat(snapshots.verify(year).problems()).isEmpty();
    }

    @Test
    void registersAYearAnewForAMetastoreThatLostIt() {
        LostDatabase.of(lake, year.database());
        assertThat(snapshots.verify(year).problems()).hasSize(year.tables().size());
        snapshots.register(year);
        assertThat(snapshots.verify(year).problems()).isEmpty();
        assertThat(rows("select * from " + pinned(year, "rejected_readings"))).isEmpty();
    }

    @Test
    void keepsAColumnListOfItsOwn() {
        assertThat(Map.of(
                        "columns",
                        rows("show columns from " + pinned(year, "meter_readings"))
                                .size()))
                .containsEntry(
                        "columns",
                        rows("show columns from " + live("meter_readings")).size());
    }
}
