package io.meterlake.gather;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Column;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.ManifestTable;
import io.meterlake.lake.SnapshotLock;
import io.meterlake.lake.TrinoView;
import io.meterlake.lake.WorkLock;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotCheck;
import io.meterlake.snapshot.SnapshotProblem;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the view {@link #VIEW} of a snapshot: its readings in files of a month that are sorted by meter, and its days
 * that no such file holds as the snapshot has them from their base files. A snapshot is gathered once, and its view
 * never changes; months that earlier snapshots gathered are used again. A process may be killed at any moment: the view
 * is there or not, and the next gathering goes on. Thread-safe.
 */
public final class ReadingsByMeter {
    /** The view's name, in the snapshot's database. */
    public static final String VIEW = "readings_by_meter";

    /** What the name of the table below the view begins with; a table's files never change either. */
    private static final String TABLE_PREFIX = "gathered_months_";

    private static final String READINGS = LakeTables.METER_READINGS.name();
    private static final List<Column> COLUMNS = LakeTables.METER_READINGS.columns();

    private final Lake lake;
    private final GatheredFiles files;

    public ReadingsByMeter(Lake lake) {
        this.lake = requireNonNull(lake, "lake is null");
        this.files = new GatheredFiles(lake);
    }

    /**
     * What the view of a snapshot reads.
     *
     * @param months how many months are read from gathered files
     * @param anew those of them whose files had to be made
     * @param daysApart how many days are read from their base files
     */
    public record Gathered(int months, List<YearMonth> anew, int daysApart) {
        public Gathered {
            anew = List.copyOf(anew);
        }
    }

    /**
     * Gathers a snapshot's readings, unless that is done and its files are there, and makes the view. Deletes gathered files that no snapshot
     * uses any more. Waits for no ingest, and keeps nobody from ingesting or making snapshots.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if another process gathers; {@code INVALID_SNAPSHOT_REQUEST} if the
     *     snapshot does not have the readings, {@code UNKNOWN_SNAPSHOT} if it was dropped meanwhile; {@code
     *     SNAPSHOT_STORAGE}, {@code METASTORE_DOWN}: it may be tried again
     */
    public Gathered gather(Snapshot snapshot) {
        Snapshots snapshots = new Snapshots(lake);
        List<PinnedFile> pinned = snapshots.files(snapshot, READINGS);
        try (WorkLock work = lake.lock(WorkLock.Work.GATHER)) {
            requireNonNull(work);
            files.tidy();
            Map<LocalDate, Set<String>> days = days(pinned);
            List<YearMonth> anew = new ArrayList<>();
            List<GatheredMonth> months = files.read(snapshot.id())
                    .filter(files::areThere)
                    .orElseGet(() -> {
                        GatherPlan plan = GatherPlan.of(days, files.known());
                        List<GatheredMonth> all = new ArrayList<>(plan.used());
                        for (YearMonth month : plan.anew()) {
                            GatheredMonth gathered = files.gather(month, pinned);
                            if (!gathered.files().isEmpty()) {
                                all.add(gathered);
                                anew.add(month);
                            }
                        }
                        all.sort(Comparator.comparing(GatheredMonth::month));
                        return all;
                    });
            try (SnapshotLock lock = lake.snapshotLock()) {
                requireNonNull(lock);
                // Dropped meanwhile, it must not come back.
                snapshots.find(snapshot.id());
                files.write(snapshot, months);
                publish(snapshot, months, days);
            }
            return new Gathered(months.size(), anew, apart(months, days).size());
        }
    }

    /**
     * Makes the view of a snapshot that need not be gathered: over its base files then, so that what is built on the view
     * reads what {@link #gather} makes of it later.
     *
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE}, {@code METASTORE_DOWN}
     */
    public void prepare(Snapshot snapshot) {
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            List<GatheredMonth> months =
                    files.read(snapshot.id()).filter(files::areThere).orElse(List.of());
            publish(snapshot, months, days(new Snapshots(lake).files(snapshot, READINGS)));
        }
    }

    /**
     * Makes the view of a snapshot again that has been gathered, for a metastore that was lost. Does nothing for
     * another one, nor where gathered files are missing: a view over them would fail, and {@link #gather} makes both again.
     *
     * @return whether there is nothing left to gather
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE}, {@code METASTORE_DOWN}
     */
    public boolean register(Snapshot snapshot) {
        Optional<List<GatheredMonth>> months = files.read(snapshot.id());
        if (months.isEmpty()) {
            return true;
        }
        if (!files.areThere(months.get())) {
            return false;
        }
        try (SnapshotLock lock = lake.snapshotLock()) {
            requireNonNull(lock);
            publish(snapshot, months.get(), days(new Snapshots(lake).files(snapshot, READINGS)));
        }
        return true;
    }

    /**
     * The gathered files of a snapshot that are there: size in bytes by path below the lake.
     *
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE}
     */
    public Map<String, Long> files(Snapshot snapshot) {
        return files.sizes(files.read(snapshot.id()).orElse(List.of()));
    }

    /**
     * Adds to what was found of a snapshot whether its gathered files are there.
     *
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE}
     */
    public SnapshotCheck verify(Snapshot snapshot, SnapshotCheck check) {
        List<GatheredMonth> months = files.read(snapshot.id()).orElse(List.of());
        Map<String, Long> there = files.sizes(months);
        return check.and(
                there.values(),
                GatheredFiles.paths(months).stream()
                        .filter(path -> !there.containsKey(path))
                        .map(path -> new SnapshotProblem.MissingGathered(READINGS, path))
                        .toList());
    }

    /**
     * Deletes gathered files that no snapshot uses any more.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if a process gathers, which does the same
     */
    public void tidy() {
        try (WorkLock work = lake.lock(WorkLock.Work.GATHER)) {
            requireNonNull(work);
            files.tidy();
        }
    }

    private static Map<LocalDate, Set<String>> days(List<PinnedFile> pinned) {
        return pinned.stream()
                .collect(Collectors.groupingBy(
                        GatheredFiles::day,
                        TreeMap::new,
                        Collectors.mapping(PinnedFile::fileName, Collectors.toCollection(TreeSet::new))));
    }

    /** First the files' list, then the table over it, and at last the view, which takes an earlier one's place at once. */
    private void publish(Snapshot snapshot, List<GatheredMonth> months, Map<LocalDate, Set<String>> days) {
        Path folder = lake.snapshotsFolder().resolve(snapshot.id());
        String name = TABLE_PREFIX + GatheredFiles.fingerprint(months);
        if (!months.isEmpty()) {
            files.writeManifest(folder.resolve(name), months);
            ManifestTable table = new ManifestTable(name, COLUMNS, Optional.empty(), folder.resolve(name), List.of());
            lake.manifestDatabases().register(snapshot.database(), "A snapshot of Meterlake", folder, List.of(table));
        }
        List<LocalDate> stale =
                months.stream().flatMap(month -> month.stale(days).stream()).toList();
        String sql = months.isEmpty() ? select(READINGS) : sql(name, stale, apart(months, days));
        lake.manifestDatabases().registerView(snapshot.database(), new TrinoView(VIEW, sql, COLUMNS));
    }

    /** The days that are in no gathered file as the snapshot has them. */
    private static List<LocalDate> apart(List<GatheredMonth> months, Map<LocalDate, Set<String>> days) {
        return days.entrySet().stream()
                .filter(day -> months.stream().noneMatch(month -> month.holds(day.getKey(), day.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String sql(String table, List<LocalDate> stale, List<LocalDate> apart) {
        String months = select(table) + (stale.isEmpty() ? "" : " where reading_date not in (" + dates(stale) + ")");
        return apart.isEmpty()
                ? months
                : months + " union all " + select(READINGS) + " where reading_date in (" + dates(apart) + ")";
    }

    private static String select(String table) {
        return COLUMNS.stream().map(Column::name).collect(Collectors.joining(", ", "select ", " from " + table));
    }

    private static String dates(List<LocalDate> days) {
        return days.stream().map(day -> "date '" + day + "'").collect(Collectors.joining(", "));
    }
}
