package io.meterlake.lake;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.Storage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hudi.client.common.HoodieJavaEngineContext;
import org.apache.hudi.common.model.HoodiePartitionMetadata;
import org.apache.hudi.common.model.HoodieTimelineTimeZone;
import org.apache.hudi.common.table.timeline.HoodieInstantTimeGenerator;
import org.apache.hudi.storage.hadoop.HadoopStorageConfiguration;

/**
 * An opened lake: all tables exist and are registered with the metastore. Nothing of Hudi is loaded before
 * {@link #open}. Thread-safe.
 */
public final class Lake implements AutoCloseable {
    private final LakeConfig config;
    private final Clock clock;
    private final Metastore metastore;
    private final Map<String, LakeTable> tables;
    private final Map<String, Set<String>> registered = new ConcurrentHashMap<>();

    private Lake(LakeConfig config, Clock clock, Metastore metastore, Map<String, LakeTable> tables) {
        this.config = config;
        this.clock = clock;
        this.metastore = metastore;
        this.tables = tables;
    }

    /**
     * Opens a lake, and makes it first if there is none: tables, database, and what of them the metastore is missing.
     *
     * @param clock says when a file was received; Hudi's instants come from the machine's own clock
     * @throws MeterlakeException {@code METASTORE_DOWN}, {@code LAKE_STORAGE}, {@code FOREIGN_TABLE}; or
     *     {@code LAKE_LOCKED} if tables have to be made while another process writes
     */
    public static Lake open(LakeConfig config, Clock clock) {
        ZstdLibrary.load();
        HoodieJavaEngineContext context = hudi(config);
        createFolder(config);
        Metastore metastore = new Metastore(config);
        metastore.registerDatabase(config.root());
        createMissing(config, context);
        Map<String, LakeTable> tables = new LinkedHashMap<>();
        for (TableDefinition definition : LakeTables.ALL) {
            LakeTable table = new LakeTable(definition, config, context);
            metastore.registerTable(definition, table.folder());
            tables.put(definition.name(), table);
        }
        Lake lake = new Lake(config, clock, metastore, tables);
        lake.registerPartitionsOnDisk();
        return lake;
    }

    /** What all of Hudi's calls want. */
    static HoodieJavaEngineContext hudi(LakeConfig config) {
        // Hudi takes the machine's zone unless told, also for a table whose properties say UTC: instants would then
        // go backwards when summer time ends.
        HoodieInstantTimeGenerator.setCommitTimeZone(HoodieTimelineTimeZone.UTC);
        return new HoodieJavaEngineContext(
                new HadoopStorageConfiguration(Storage.of(config.root()).hadoop()));
    }

    /** Before the metastore is asked, which would tell of a folder that it can't make in words of its own. */
    private static void createFolder(LakeConfig config) {
        try {
            Files.createDirectories(config.root());
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot open the lake in " + config.root() + ": " + FailedIo.reason(e),
                    "Set lake.path to a folder that you may write to",
                    e);
        }
    }

    private static void createMissing(LakeConfig config, HoodieJavaEngineContext context) {
        boolean complete = LakeTables.ALL.stream().allMatch(table -> TableStorage.isComplete(table, config, context));
        if (!complete) {
            try (WriterLock lock = WriterLock.acquire(config.root(), config.writerWait())) {
                requireNonNull(lock);
                LakeTables.ALL.forEach(table -> TableStorage.create(table, config, context));
            }
        }
    }

    public LakeConfig config() {
        return config;
    }

    public Clock clock() {
        return clock;
    }

    /**
     * Makes the caller the only writer to the lake, after waiting for {@link LakeConfig#writerWait} at most.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} naming the process that holds the lock
     */
    public WriterLock lock() {
        return WriterLock.acquire(config.root(), config.writerWait());
    }

    /** The same, if nobody writes to the lake within this time. */
    public Optional<WriterLock> tryLock(Duration wait) {
        return WriterLock.tryAcquire(config.root(), wait);
    }

    /**
     * Keeps the state of the data tables from changing, after waiting for {@link LakeConfig#writerWait} at most.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} naming the process that holds the lock
     */
    public CommitLock commitLock() {
        return CommitLock.acquire(config.root(), config.writerWait());
    }

    /**
     * Makes the caller the only one that changes snapshots, after waiting for {@link LakeConfig#writerWait} at most.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} naming the process that holds the lock
     */
    public SnapshotLock snapshotLock() {
        return SnapshotLock.acquire(snapshotsFolder(), config.writerWait());
    }

    /** The same, if nobody changes snapshots; does not wait. */
    public Optional<SnapshotLock> trySnapshotLock() {
        return SnapshotLock.tryAcquire(snapshotsFolder());
    }

    /** Holds a folder for each snapshot. */
    public Path snapshotsFolder() {
        return config.root().resolve(".snapshots");
    }

    /** The databases beside the lake's own whose tables are lists of files. */
    public ManifestDatabases manifestDatabases() {
        return new ManifestDatabases(MetastoreConnection.of(config));
    }

    /** The tables that Trino made of the lake's. */
    public BuiltTables builtTables() {
        return new BuiltTables(config);
    }

    /**
     * Makes the caller the only one at a kind of work, without waiting: it may go on for hours.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} naming the process that is at it
     */
    public WorkLock lock(WorkLock.Work work) {
        return WorkLock.acquire(config.root(), work, Duration.ZERO);
    }

    /**
     * Keeps snapshots and the tables of seeds from being dropped while a report is proven or compared; others may read at
     * the same time.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if somebody is dropping
     */
    public InputsLock readInputs() {
        return InputsLock.reading(config.root());
    }

    /**
     * Makes sure that nobody reads what is dropped.
     *
     * @throws MeterlakeException {@code LAKE_LOCKED} if somebody reads or drops
     */
    public InputsLock dropInputs() {
        return InputsLock.dropping(config.root());
    }

    /**
     * One of the lake's tables.
     *
     * @throws MeterlakeException {@code UNKNOWN_TABLE}
     */
    public LakeTable table(String name) {
        LakeTable table = tables.get(name);
        if (table == null) {
            throw new MeterlakeException(
                    LakeErrorCode.UNKNOWN_TABLE,
                    "Cannot find the table " + name + ": the lake has " + String.join(", ", tables.keySet()),
                    "Name one of these");
        }
        return table;
    }

    /**
     * A table for reading and writing row by row. {@code meter_readings} and {@code reading_changes} can only be read
     * so: they are written by {@code io.meterlake.writer}.
     *
     * @throws MeterlakeException {@code UNKNOWN_TABLE}
     */
    public RowTable rowTable(String name) {
        return new HudiRowTable(this, table(name));
    }

    /**
     * All completed actions of a table's active timeline, in the order of their completion.
     *
     * @throws MeterlakeException {@code UNKNOWN_TABLE}
     */
    public List<CompletedInstant> completedInstants(String tableName) {
        return table(tableName).completedInstants();
    }

    /**
     * Registers partitions with the metastore that it does not have yet. To be done before the commit that fills
     * them: a reader does no harm to an empty partition, but does not see all of a commit whose partitions it does not
     * know.
     *
     * @param days the partitions' values, such as {@code 2026-03-29}
     */
    public void registerPartitions(TableDefinition table, Collection<String> days) {
        Set<String> present = days.isEmpty() ? Set.of() : metastore.partitions(table);
        List<String> missing =
                days.stream().filter(day -> !present.contains(day)).toList();
        metastore.addPartitions(table, table(table.name()).folder(), missing);
        registered
                .computeIfAbsent(table.name(), name -> ConcurrentHashMap.newKeySet())
                .addAll(present);
    }

    /**
     * The partitions that the metastore has now, such as {@code 2026-03-29}.
     *
     * @throws MeterlakeException {@code METASTORE_DOWN}
     */
    public Set<String> registeredDays(TableDefinition table) {
        return metastore.partitions(table);
    }

    /**
     * Whether the metastore had a partition when it was last asked: at the latest when the lake was opened.
     *
     * @param day such as {@code 2026-03-29}
     */
    public boolean wasRegistered(TableDefinition table, String day) {
        return registered.getOrDefault(table.name(), Set.of()).contains(day);
    }

    /** A metastore that was set up anew knows nothing of a lake that is there already. */
    private void registerPartitionsOnDisk() {
        for (LakeTable table : tables.values()) {
            table.definition().partitionColumn().ifPresent(column -> {
                registerPartitions(table.definition(), daysOnDisk(table.folder(), column));
            });
        }
    }

    private static List<String> daysOnDisk(Path folder, String column) {
        List<String> days = new ArrayList<>();
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(folder, column + "=*")) {
            for (Path partition : partitions) {
                if (LakeFiles.exists(partition.resolve(HoodiePartitionMetadata.HOODIE_PARTITION_METAFILE_PREFIX))) {
                    days.add(partition.getFileName().toString().substring(column.length() + 1));
                }
            }
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot list the partitions in " + folder + ": " + FailedIo.reason(e),
                    "Check that you may read the folder",
                    e);
        }
        return days;
    }

    /** Nothing is held open between calls today; closing states the end of use. */
    @Override
    public void close() {}
}
