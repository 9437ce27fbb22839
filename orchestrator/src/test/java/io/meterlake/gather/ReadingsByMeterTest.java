package io.meterlake.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lake.WorkLock;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotProblem;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.testing.LostDatabase;
import io.meterlake.testing.SharedStack;
import io.meterlake.testing.SteppingClock;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots' readings by meter, read by a real Trino: always the rows of the snapshot's own table. */
class ReadingsByMeterTest {
    private static final String COLUMNS =
            "meter_id, channel, interval_start, interval_start_us, interval_minutes, value,"
                    + " unit, quality, quality_code, recorded_at, received_at, time_zone, utility, source_file, file_checksum,"
                    + " reading_date";
    private static final LocalDate FIRST_DAY = LocalDate.parse("2025-01-01");
    private static final Trino TRINO = SharedStack.get().trino();

    @TempDir
    private Path folder;

    private final Random random = new Random(20260125);
    private final String database = SharedStack.get().newSchema("by_meter") + "_lake";
    private Lake lake;
    private Snapshots snapshots;
    private ReadingsByMeter readings;
    private int files;

    @BeforeEach
    void makeLake() {
        URI metastore = SharedStack.get().metastoreUri();
        lake = Lake.open(
                LakeConfig.of(folder.resolve("a lake, 100% odd"), metastore.getHost(), metastore.getPort())
                        .withDatabase(database)
                        .withRetentionHours(0)
                        .withBuckets(2),
                new SteppingClock(Instant.parse("2026-02-01T03:00:00Z"), Duration.ofSeconds(1)));
        snapshots = new Snapshots(lake);
        readings = new ReadingsByMeter(lake);
    }

    @AfterEach
    void dropAll() {
        snapshots.list().forEach(snapshot -> snapshots.drop(snapshot.id()));
        lake.close();
    }

    /** Readings of some meters on some days; some lack a value or a quality code. */
    private void ingest(int firstDay, int days, int firstMeter, int meters) {
        List<String> lines = new ArrayList<>();
        lines.add("meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at");
        files++;
        for (int day = firstDay; day < firstDay + days; day++) {
            for (int meter = firstMeter; meter < firstMeter + meters; meter++) {
                for (String channel : List.of("B1", "E1")) {
                    for (int hour : new int[] {0, 7, 23}) {
                        boolean missing = random.nextInt(10) == 0;
                        lines.add("m%02d,%s,%sT%02d:00:00Z,60,%s,kWh,%s,%s,%s"
                                .formatted(
                                        meter,
                                        channel,
                                        FIRST_DAY.plusDays(day),
                                        hour,
                                        missing ? "" : random.nextInt(5000) / 1000.0,
                                        missing ? "missing" : "actual",
                                        random.nextBoolean() ? "A" : "",
                                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(files)));
                    }
                }
            }
        }
        try {
            Path file = Files.write(folder.resolve(files + ".csv"), lines);
            new Ingest(lake, IngestListener.NONE).ingest(new IngestRequest(file, "test", new CsvFormat()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Snapshot pin() {
        return snapshots.create(SnapshotRequest.now("test"));
    }

    private static List<List<String>> rows(String sql) {
        return TRINO.rows(sql).rows().stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }

    private static void requireSameRows(Snapshot snapshot, long count) {
        String table = "hive." + snapshot.database() + ".meter_readings";
        String view = "hive." + snapshot.database() + "." + ReadingsByMeter.VIEW;
        for (List<String> pair : List.of(List.of(table, view), List.of(view, table))) {
            assertThat(rows("select %s from %s except all select %s from %s"
                            .formatted(COLUMNS, pair.getFirst(), COLUMNS, pair.getLast())))
                    .as(pair.getFirst() + " has and the other lacks")
                    .isEmpty();
        }
        assertThat(rows("select count(*) from " + view)).containsExactly(List.of(Long.toString(count)));
        assertThat(rows("select count(*), count(value) from " + view + " where meter_id = 'm03'"))
                .isEqualTo(rows("select count(*), count(value) from " + table + " where meter_id = 'm03'"));
    }

    private Set<String> gatheredFiles() throws IOException {
        try (Stream<Path> all = Files.list(lake.config().root().resolve(".gathered"))) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void followsSnapshotsThroughNewDaysAndCorrectionsOfSettledMonths() throws IOException {
        ingest(0, 100, 0, 9);
        Snapshot first = pin();
        ReadingsByMeter.Gathered gathered = readings.gather(first);
        assertThat(gathered.anew())
                .containsExactlyInAnyOrder(
                        YearMonth.parse("2025-01"), YearMonth.parse("2025-02"), YearMonth.parse("2025-03"));
        assertThat(gathered.daysApart()).as("the first days of April").isEqualTo(10);
        requireSameRows(first, 100 * 54);
        Set<String> ofFirst = gatheredFiles();
        assertThat(ofFirst).as("three months of two buckets").hasSize(6);

        // New days, a new meter among them, and a correction of three days of January.
        ingest(100, 2, 0, 10);
        ingest(4, 3, 2, 2);
        Snapshot second = pin();
        assertThat(readings.gather(second)).isEqualTo(new ReadingsByMeter.Gathered(3, List.of(), 15));
        requireSameRows(second, 100 * 54 + 2 * 60);
        assertThat(gatheredFiles()).as("nothing was written").isEqualTo(ofFirst);

        ingest(10, 10, 0, 10);
        Snapshot third = pin();
        assertThat(readings.gather(third).anew())
                .as("of January thirteen days differ")
                .contains(YearMonth.parse("2025-01"));
        requireSameRows(third, 100 * 54 + 2 * 60 + 10 * 6);
        requireSameRows(first, 100 * 54);
        requireSameRows(second, 100 * 54 + 2 * 60);

        assertThat(readings.gather(third).anew()).as("it is gathered").isEmpty();
        snapshots.drop(first.id());
        snapshots.drop(second.id());
        readings.tidy();
        assertThat(gatheredFiles())
                .as("what only dropped snapshots used is gone")
                .hasSize(6)
                .isNotEqualTo(ofFirst);
        requireSameRows(third, 100 * 54 + 2 * 60 + 10 * 6);
    }

    @Test
    void goesOnAfterAProcessDiedAndWhenTheMetastoreWasLost() throws IOException {
        ingest(0, 40, 0, 5);
        Snapshot snapshot = pin();
        Path left = Files.createDirectories(lake.config().root().resolve(".gathered"));
        Files.writeString(left.resolve(".2025-01-00000000-0123456789abcdef.parquet.unfinished"), "half");
        Files.writeString(left.resolve("2025-01-00000000-0123456789abcdef.parquet"), "whole, and never listed");
        readings.gather(snapshot);
        assertThat(gatheredFiles()).hasSize(2).allMatch(name -> name.startsWith("2025-01-"));
        requireSameRows(snapshot, 40 * 30);
        assertThat(snapshots.verify(snapshot).problems()).isEmpty();

        LostDatabase.of(lake, snapshot.database());
        snapshots.register(snapshot);
        assertThat(readings.register(snapshot)).isTrue();
        requireSameRows(snapshot, 40 * 30);
        assertThat(readings.files(snapshot)).hasSize(2);
        assertThat(readings.verify(snapshot, snapshots.verify(snapshot)))
                .satisfies(check -> assertThat(check.intact()).isTrue())
                .satisfies(check -> assertThat(check.files())
                        .isEqualTo(snapshots.verify(snapshot).files() + 2));

        LostDatabase.of(lake, snapshot.database());
        snapshots.register(snapshot);
        List<String> lost = gatheredFiles().stream().sorted().toList();
        for (String file : lost) {
            Files.delete(left.resolve(file));
        }
        assertThat(readings.verify(snapshot, snapshots.verify(snapshot)).problems())
                .filteredOn(SnapshotProblem.MissingGathered.class::isInstance)
                .extracting(SnapshotProblem::text)
                .allSatisfy(text -> assertThat(text).contains("snapshot gather"))
                .hasSameSizeAs(lost);
        assertThat(readings.files(snapshot)).isEmpty();
        assertThat(readings.register(snapshot)).isFalse();
        assertThat(rows("show tables from hive." + snapshot.database()))
                .as("no view that would fail")
                .doesNotContain(List.of(ReadingsByMeter.VIEW));
        assertThat(readings.gather(snapshot).anew()).as("its files were lost").hasSize(1);
        requireSameRows(snapshot, 40 * 30);

        // Killed between the list and the view: the next one does the rest and makes no file anew.
        LostDatabase.of(lake, snapshot.database());
        snapshots.register(snapshot);
        assertThat(readings.gather(snapshot).anew()).isEmpty();
        requireSameRows(snapshot, 40 * 30);
    }

    @Test
    void readsTheTableItselfWhereThereIsLittleToGather() {
        Snapshot empty = pin();
        assertThat(readings.gather(empty)).isEqualTo(new ReadingsByMeter.Gathered(0, List.of(), 0));
        assertThat(rows("select * from hive." + empty.database() + "." + ReadingsByMeter.VIEW))
                .isEmpty();
        ingest(0, 20, 0, 4);
        Snapshot few = pin();
        assertThat(readings.gather(few)).isEqualTo(new ReadingsByMeter.Gathered(0, List.of(), 20));
        requireSameRows(few, 20 * 24);
    }

    @Test
    void opensFewFilesForAMeter() {
        ingest(0, 365, 0, 4);
        Snapshot year = pin();
        readings.gather(year);
        String plan = rows("explain analyze select sum(value) from hive." + year.database() + "." + ReadingsByMeter.VIEW
                        + " where meter_id = 'm03'")
                .getFirst()
                .getFirst();
        // 2 buckets a month, and each file is at least one split.
        assertThat(plan).contains("gathered_months").doesNotContain("365 splits", "730 splits");
        String table = rows("show tables from hive." + year.database() + " like 'gathered%'")
                .getFirst()
                .getFirst();
        assertThat(rows("select count(distinct \"$path\") from hive." + year.database() + "." + table))
                .containsExactly(List.of("24"));
    }

    @Test
    void isDoneByOneProcessAtATimeAndNotOfADroppedSnapshot() {
        ingest(0, 3, 0, 4);
        Snapshot snapshot = pin();
        try (WorkLock other = lake.lock(WorkLock.Work.GATHER)) {
            assertThat(other).isNotNull();
            Throwable refused = CompletableFuture.supplyAsync(() -> catchThrowable(() -> readings.gather(snapshot)))
                    .join();
            assertThat(refused).isInstanceOf(MeterlakeException.class).hasMessageContaining("gather");
        }
        Snapshot dropped = pin();
        snapshots.drop(dropped.id());
        assertThatThrownBy(() -> readings.gather(dropped)).isInstanceOf(MeterlakeException.class);
        assertThat(rows("show schemas from hive like '" + dropped.database().replace("_", "\\_") + "%' escape '\\'"))
                .isEmpty();
    }
}
