package io.meterlake.writer.commit;

import static java.util.Objects.requireNonNull;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.writer.parquet.BaseFileWriter;
import io.meterlake.writer.parquet.ChangesFileWriter;
import io.meterlake.writer.upsert.ChangedReadings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.model.IOType;
import org.apache.hudi.common.model.WriteOperationType;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one commit to meter_readings replaces to {@code reading_changes}, and leaves it there as a commit that is
 * not completed yet. A day's changes are held in memory until all of its buckets are written; they make one new file,
 * whatever older commits have written of the day. A commit that replaces nothing leaves no trace. Thread-safe.
 */
final class ReadingChanges implements AutoCloseable {
    private final LakeTable table;
    private final String readingsInstant;
    private final int held;
    private final Map<LocalDate, Day> days = new HashMap<>();
    private final List<HoodieWriteStat> stats = new ArrayList<>();
    private final Set<LocalDate> changedDays = new LinkedHashSet<>();
    private @Nullable HoodieJavaWriteClient<?> client;
    private @Nullable StartedCommit commit;
    private int files;

    /** A day's changes as far as its buckets are written. */
    private static final class Day {
        final List<ChangedReadings> buckets = new ArrayList<>();
        int open;
    }

    /**
     * Begins with no changes.
     *
     * @param table reading_changes
     * @param readingsInstant the commit to meter_readings
     * @param plan the base files that the commit writes
     * @param held how many changes of a base file are held in memory before they are written
     */
    ReadingChanges(LakeTable table, String readingsInstant, UpsertPlan plan, int held) {
        this.table = table;
        this.readingsInstant = readingsInstant;
        this.held = held;
        for (UpsertPlan.Change change : plan.changes()) {
            requireNonNull(days.computeIfAbsent(change.slot().day(), day -> new Day())).open++;
        }
    }

    /** Collects what the writing of a base file of that day replaces, for {@link #add}; what is too much is written before. */
    ChangedReadings collected(LocalDate day) {
        return new ChangedReadings(held, full -> {
            try {
                write(day, List.of(full));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Takes what the writing of a base file replaced; the last one of its day writes the day's changes. */
    void add(LocalDate day, ChangedReadings changes) throws IOException {
        List<ChangedReadings> complete = collect(day, changes);
        if (!complete.isEmpty()) {
            write(day, complete);
        }
    }

    private synchronized List<ChangedReadings> collect(LocalDate day, ChangedReadings changes) {
        Day ofDay = requireNonNull(days.get(day), "not in the plan");
        if (changes.size() > 0) {
            ofDay.buckets.add(changes);
        }
        ofDay.open--;
        if (ofDay.open > 0) {
            return List.of();
        }
        days.remove(day);
        return ofDay.buckets;
    }

    private void write(LocalDate day, List<ChangedReadings> buckets) throws IOException {
        String partition = UpsertPlan.partition(day);
        StartedCommit started = started();
        started.makePartition(partition);
        String fileId = UUID.randomUUID() + "-0";
        BaseFileWriter.Target target = started.announce(partition, fileId, nextFile(), IOType.CREATE);
        BaseFileWriter.WrittenFile written = ChangesFileWriter.write(buckets, readingsInstant, target);
        keep(day, started.stat(fileId, target, written));
    }

    private synchronized StartedCommit started() {
        if (commit == null) {
            HoodieCommitMetadata planned = new HoodieCommitMetadata();
            planned.setOperationType(WriteOperationType.INSERT);
            HoodieJavaWriteClient<?> opened = table.writeClient();
            client = opened;
            commit = StartedCommit.start(table, opened, StartedCommit.request(table, opened::startCommit), planned);
        }
        return commit;
    }

    private synchronized int nextFile() {
        return files++;
    }

    private synchronized void keep(LocalDate day, HoodieWriteStat stat) {
        stats.add(stat);
        changedDays.add(day);
    }

    /** The days of which something changed, once all base files are written. */
    synchronized List<LocalDate> days() {
        return List.copyOf(changedDays);
    }

    /** The commit that is left to complete, once all base files are written; empty if nothing was replaced. */
    synchronized Optional<PendingChanges> pending() {
        return Optional.ofNullable(commit).map(started -> new PendingChanges(started.instant(), stats));
    }

    /**
     * Makes sure that nobody has taken the commit back. To be asked right before the readings are committed: what they replace
     * would be lost.
     *
     * @throws MeterlakeException {@code COMMIT_FAILED}
     */
    synchronized void requireInFlight() {
        if (commit != null
                && !table.metaClient().getActiveTimeline().filterInflights().containsInstant(commit.instant())) {
            throw new MeterlakeException(
                    LakeErrorCode.COMMIT_FAILED,
                    "Cannot commit the readings: another program has rolled back the commit " + commit.instant()
                            + " to reading_changes, which says what they replace",
                    "Nothing of ours is visible. Let the other program leave reading_changes alone, and run the command again");
        }
    }

    /** The commit stays as it is. */
    @Override
    public synchronized void close() {
        if (client != null) {
            if (commit != null) {
                client.getHeartbeatClient().stop(commit.instant());
            }
            client.close();
        }
    }
}
