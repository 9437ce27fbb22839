package io.meterlake.cli;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotErrorCode;
import io.meterlake.snapshot.Snapshots;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code snapshot gather}. */
@Command(
        name = "gather",
        description = "Lays a snapshot's readings out by meter, so that a year of one meter is read in a moment",
        mixinStandardHelpOptions = true)
final class SnapshotGatherCommand implements Callable<Integer> {
    @ParentCommand
    private SnapshotCommand parent;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "as `snapshot list` names it; the newest one that has the readings unless told")
    private @Nullable String id;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
    private ReportOutput output;

    @Override
    public Integer call() {
        try (Lake lake = parent.openLake()) {
            Snapshots snapshots = new Snapshots(lake);
            Snapshot snapshot = id == null ? newest(snapshots.list()) : snapshots.find(id);
            print(snapshot, new ReadingsByMeter(lake).gather(snapshot));
            return ExitCode.OK.status();
        }
    }

    private static Snapshot newest(List<Snapshot> snapshots) {
        return snapshots.reversed().stream()
                .filter(snapshot ->
                        snapshot.table(LakeTables.METER_READINGS.name()).isPresent())
                .findFirst()
                .orElseThrow(() -> new MeterlakeException(
                        SnapshotErrorCode.UNKNOWN_SNAPSHOT,
                        "Cannot gather readings: the lake has no snapshot of them",
                        "Make one: `./meterlake snapshot create`"));
    }

    private void print(Snapshot snapshot, ReadingsByMeter.Gathered gathered) {
        String relation = "hive." + snapshot.database() + "." + ReadingsByMeter.VIEW;
        List<String> anew = gathered.anew().stream().map(YearMonth::toString).toList();
        switch (output) {
            case JSON -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("snapshot_id", snapshot.id());
                document.put("relation", relation);
                document.put("months", gathered.months());
                document.put("months_anew", anew);
                document.put("days_apart", gathered.daysApart());
                parent.console().out().print(JsonDocuments.document(document));
            }
            case TABLE ->
                parent.console()
                        .out()
                        .println("%s: %s by meter%s, %s from the base files"
                                .formatted(
                                        relation,
                                        Counted.of(gathered.months(), "month"),
                                        anew.isEmpty()
                                                ? ""
                                                : anew.stream().collect(Collectors.joining(", ", " (anew: ", ")")),
                                        Counted.of(gathered.daysApart(), "day")));
        }
    }
}
