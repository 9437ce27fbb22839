package io.meterlake.cli;

import io.meterlake.config.Setting;
import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.gather.ReadingsByMeter;
import io.meterlake.lake.InputsLock;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.WorkLock;
import io.meterlake.report.ReportFiles;
import io.meterlake.retention.DropCheck;
import io.meterlake.retention.ReportFact;
import io.meterlake.retention.ViewText;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotCheck;
import io.meterlake.snapshot.SnapshotErrorCode;
import io.meterlake.snapshot.SnapshotListener;
import io.meterlake.snapshot.SnapshotRequest;
import io.meterlake.snapshot.Snapshots;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code snapshot create|list|show|verify|register|protect|drop}; {@link SnapshotGatherCommand} has the other one. */
@Command(
        name = "snapshot",
        description = "Keeps what the tables hold now, for queries and reports to come",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | list | show | verify | gather | register | protect | drop)",
        subcommands = SnapshotGatherCommand.class)
final class SnapshotCommand {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    /** What a metastore or a disk that works says of one snapshot. */
    private static final Set<ErrorCode> OF_ONE_SNAPSHOT = Set.of(
            SnapshotErrorCode.UNKNOWN_SNAPSHOT, SnapshotErrorCode.SNAPSHOT_STORAGE, LakeErrorCode.METASTORE_REFUSED);

    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "create",
            description = "Pins tables, all at one moment; nothing is copied",
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--tables",
                            paramLabel = "TABLE",
                            split = ",",
                            description = "data tables of the lake, separated by commas; all unless told")
                    @Nullable
                    List<String> tables,
            @Option(
                            names = "--at",
                            paramLabel = "INSTANT",
                            description = "the state of what had completed by then: a Hudi instant of 17 digits, or"
                                    + " 2026-01-25T10:30:00Z; now unless told")
                    @Nullable
                    String at,
            @Option(
                            names = "--purpose",
                            paramLabel = "TEXT",
                            defaultValue = "manual",
                            description = "why it is made, for people to read (default: ${DEFAULT-VALUE})")
                    String purpose,
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        SnapshotRequest request = new SnapshotRequest(
                purpose,
                tables == null ? List.of() : tables,
                Optional.ofNullable(at).map(this::past));
        return run((snapshots, text) -> {
            Snapshot snapshot = snapshots.create(request);
            new Told(parent.console().log()).tables("pinned", snapshot);
            text.show(snapshot, output);
            return ExitCode.OK.status();
        });
    }

    /** What has not come yet can't be pinned: the commits until then would be missing, and nobody would see it. */
    private String past(String at) {
        String instant = instant(at);
        String now = INSTANT.format(parent.context().clock().instant());
        if (instant.matches("[0-9]{17}") && instant.compareTo(now) > 0) {
            throw new MeterlakeException(
                    SnapshotErrorCode.INVALID_SNAPSHOT_REQUEST,
                    "Cannot pin the state at '" + at + "': it lies in the future, and now it is " + now,
                    "Leave --at away to pin the state as it is now.");
        }
        return instant;
    }

    /** Hudi's form of an instant; what is no ISO instant is left to be refused. */
    private static String instant(String at) {
        try {
            return INSTANT.format(Instant.parse(at));
        } catch (DateTimeParseException e) {
            return at;
        }
    }

    @Command(name = "list", description = "Lists the snapshots, the oldest first", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        return run((snapshots, text) -> {
            text.list(snapshots.list(), output);
            return ExitCode.OK.status();
        });
    }

    @Command(
            name = "show",
            description = "Shows a snapshot: its tables, commits and files, and what to query",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "as `snapshot list` names it") String id,
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        return run((snapshots, text) -> {
            text.show(snapshots.find(id), output);
            return ExitCode.OK.status();
        });
    }

    @Command(
            name = "verify",
            description = "Compares a snapshot's files with what was pinned; ends with 3 if something is not as it was",
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "ID", description = "as `snapshot list` names it") String id,
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        return runWithLake((lake, snapshots, text) -> {
            Snapshot snapshot = snapshots.find(id);
            SnapshotCheck check = new ReadingsByMeter(lake).verify(snapshot, snapshots.verify(snapshot));
            text.check(check, output);
            return (check.intact() ? ExitCode.OK : ExitCode.DATA).status();
        });
    }

    @Command(
            name = "drop",
            description =
                    "Drops a snapshot and what a run built from it; files that nothing else needs go with the next"
                            + " clean",
            mixinStandardHelpOptions = true)
    int drop(
            @Parameters(paramLabel = "ID", description = "as `snapshot list` names it") String id,
            @Option(names = "--dry-run", description = "only say what would be dropped") boolean dryRun,
            @Option(
                            names = "--force",
                            description = "also if a draft or a published view reads it; never if a signed report does")
                    boolean force,
            @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table", description = "table or json")
                    ReportOutput output) {
        return runWithLake((lake, snapshots, text) -> {
            Snapshot snapshot = snapshots.find(id);
            if (dryRun) {
                requireUnneeded(snapshot, lake, snapshots, force);
            } else {
                drop(snapshot, lake, snapshots, force);
            }
            text.dropped(snapshot, dryRun, output);
            return ExitCode.OK.status();
        });
    }

    /** Nobody can come to need it meanwhile. */
    private void drop(Snapshot snapshot, Lake lake, Snapshots snapshots, boolean force) {
        try (WorkLock work = lake.lock(WorkLock.Work.RUN);
                WorkLock lock = lake.lock(WorkLock.Work.REPORTS);
                InputsLock inputs = lake.dropInputs()) {
            Objects.requireNonNull(inputs);
            Objects.requireNonNull(work);
            Objects.requireNonNull(lock);
            // A signature that was cut off is one.
            ReportCommand.records(reportFiles(), lake).finishAll();
            requireUnneeded(snapshot, lake, snapshots, force);
            snapshots.drop(snapshot.id());
            RunRecords runs = new RunRecords(parent.config().path(Setting.RUNS_PATH));
            runs.all().stream()
                    .filter(run -> run.snapshotId().equals(snapshot.id()))
                    .forEach(runs::noteDropped);
        }
    }

    private ReportFiles reportFiles() {
        return ReportCommand.files(parent.config());
    }

    private void requireUnneeded(Snapshot snapshot, Lake lake, Snapshots snapshots, boolean force) {
        DropCheck check = new DropCheck(
                snapshots,
                new RunRecords(parent.config().path(Setting.RUNS_PATH)),
                ReportFact.all(lake, reportFiles()),
                this::views);
        if (force) {
            check.requireWithForce(snapshot.id());
        } else {
            check.require(snapshot.id());
        }
    }

    private List<ViewText> views() {
        try (EngineSession session = EngineSession.open(parent.config(), "snapshot drop")) {
            return ViewText.all(session.trino());
        }
    }

    @Command(
            name = "register",
            description =
                    "Registers snapshots with the metastore anew, for one that was lost; ends with 3 if some cannot"
                            + " be, and names them",
            mixinStandardHelpOptions = true)
    int register(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "ID",
                            description = "as `snapshot list` names them; all unless told")
                    @Nullable
                    List<String> ids) {
        return runWithLake((lake, snapshots, text) -> {
            SequencedMap<String, Snapshot> listed = new LinkedHashMap<>();
            snapshots.list().forEach(snapshot -> listed.put(snapshot.id(), snapshot));
            List<String> meant = ids == null ? List.copyOf(listed.keySet()) : ids;
            ReadingsByMeter readingsByMeter = new ReadingsByMeter(lake);
            List<String> failed = meant.stream()
                    .filter(id -> !registerOne(id, Optional.ofNullable(listed.get(id)), snapshots, readingsByMeter))
                    .toList();
            if (!failed.isEmpty()) {
                parent.console()
                        .note("Not in the metastore: %s of %s, %s"
                                .formatted(
                                        failed.size(),
                                        Counted.of(meant.size(), "snapshot"),
                                        String.join(", ", failed)));
            }
            return (failed.isEmpty() ? ExitCode.OK : ExitCode.DATA).status();
        });
    }

    /** Whether one could be registered; what is wrong with it alone is told, and the others are registered all the same. */
    private boolean registerOne(
            String id, Optional<Snapshot> listed, Snapshots snapshots, ReadingsByMeter readingsByMeter) {
        try {
            Snapshot snapshot = listed.orElseGet(() -> snapshots.find(id));
            snapshots.register(snapshot);
            boolean byMeter = readingsByMeter.register(snapshot);
            parent.console().note("The tables of snapshot " + id + " are in the metastore.");
            if (!byMeter) {
                parent.console()
                        .note("  Its view " + ReadingsByMeter.VIEW + " is not: files that it reads are missing. Run"
                                + " `./meterlake snapshot gather " + id + "`.");
            }
            return true;
        } catch (MeterlakeException e) {
            if (!OF_ONE_SNAPSHOT.contains(e.code())) {
                throw e;
            }
            parent.console().note("Snapshot " + id + ": " + (e.getMessage() == null ? e.code() : e.getMessage()));
            parent.console().note("  Fix: " + e.hint());
            return false;
        }
    }

    @Command(
            name = "protect",
            description = "Makes Hudi's savepoints of a snapshot again that another program deleted",
            mixinStandardHelpOptions = true)
    int protect(@Parameters(paramLabel = "ID", description = "as `snapshot list` names it") String id) {
        return run((snapshots, text) -> {
            snapshots.protect(snapshots.find(id));
            parent.console().note("The savepoints of snapshot " + id + " are there.");
            return ExitCode.OK.status();
        });
    }

    /** To be closed. */
    Lake openLake() {
        return LakeSession.open(parent.config(), parent.context().clock());
    }

    Console console() {
        return parent.console();
    }

    /** Work that needs the lake itself as well. */
    private interface LakeWork {
        int apply(Lake lake, Snapshots snapshots, SnapshotText text);
    }

    private int run(ToIntBiFunction<Snapshots, SnapshotText> work) {
        return runWithLake((lake, snapshots, text) -> work.applyAsInt(snapshots, text));
    }

    private int runWithLake(LakeWork work) {
        SnapshotText text = new SnapshotText(parent.console());
        SnapshotListener listener = new SnapshotListener() {
            @Override
            public void recovered(String snapshotId, String what) {
                parent.console().note("Snapshot " + snapshotId + " " + what);
            }
        };
        try (Lake lake = openLake()) {
            return work.apply(lake, new Snapshots(lake, listener), text);
        }
    }
}
