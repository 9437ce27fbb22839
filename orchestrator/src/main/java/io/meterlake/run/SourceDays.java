package io.meterlake.run;

import io.meterlake.compile.CompiledNode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.project.SourceTable;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The days of the lake's tables, as the snapshots' lists of base files have them, each of which is read once. For one thread. */
final class SourceDays {
    private final Snapshots snapshots;
    private final Map<Table, Map<String, Set<String>>> known = new HashMap<>();

    private record Table(String snapshotId, String name) {}

    SourceDays(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** The files of a snapshot's table by the path of their partition, each with its size. */
    Map<String, Set<String>> files(Snapshot snapshot, String table) {
        return known.computeIfAbsent(new Table(snapshot.id(), table), absent -> {
            Map<String, Set<String>> files = new HashMap<>();
            for (PinnedFile file : snapshots.files(snapshot, table)) {
                files.computeIfAbsent(file.partition(), none -> new HashSet<>())
                        .add(file.fileName() + " " + file.sizeBytes());
            }
            return files;
        });
    }

    static boolean hasDays(CompiledNode node) {
        return node.config().text("event_time").isPresent();
    }

    /**
     * The days of partitions.
     *
     * @param source has an {@code event_time}
     * @param partitions such as {@code reading_date=2026-01-25}
     * @throws MeterlakeException {@code EARLIER_BUILD} if the table is partitioned by something else
     */
    static Set<LocalDate> days(CompiledNode source, Collection<String> partitions) {
        TreeSet<LocalDate> days = new TreeSet<>();
        String column = source.config().text("event_time").orElseThrow();
        for (String partition : partitions) {
            try {
                days.add(LocalDate.parse(partition.replaceFirst("^" + Pattern.quote(column + "="), "")));
            } catch (DateTimeParseException e) {
                throw otherDays(source, partition, column, e);
            }
        }
        return days;
    }

    private static MeterlakeException otherDays(
            CompiledNode source, String partition, String column, DateTimeParseException cause) {
        String name =
                source.resource() instanceof SourceTable read ? read.sourceName() + "." + read.name() : source.name();
        return new MeterlakeException(
                RunErrorCode.EARLIER_BUILD,
                "Cannot tell which days of %s changed by its event_time %s: its files lie in %s"
                        .formatted(name, column, partition.isEmpty() ? "one folder" : partition),
                "Set the event_time of the source to the column that its table is partitioned by, reading_date for readings,"
                        + " or leave it out.",
                cause);
    }
}
