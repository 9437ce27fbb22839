package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.MissingFile;
import io.meterlake.lake.RegisteredTables;
import io.meterlake.project.Relation;
import io.meterlake.run.Publication;
import io.meterlake.run.PublishedViews;
import io.meterlake.run.RunRecord;
import io.meterlake.run.RunRecords;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.SnapshotErrorCode;
import io.meterlake.snapshot.SnapshotProtection;
import io.meterlake.snapshot.Snapshots;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code doctor} looks at in the lake. Each method says what it found, or throws what is wrong and how to mend it;
 * none mends anything.
 */
final class LakeHealth {
    private static final int SHOWN = 5;

    private final Config config;
    private final LakeConfig lakeConfig;
    private final Clock clock;

    LakeHealth(Config config, Clock clock) {
        this.config = config;
        this.lakeConfig = LakeSession.config(config);
        this.clock = clock;
    }

    /** Whether all base files are there that commits and savepoints name. Lists all that are not: they are the backup's. */
    String files() {
        List<MissingFile> missing = CommittedFiles.missing(lakeConfig);
        if (missing.isEmpty()) {
            return "every base file that a commit or a savepoint names is there";
        }
        throw new MeterlakeException(
                LakeErrorCode.MISSING_BASE_FILE,
                "%s missing in %s, and queries read older ones in their place or none: %s"
                        .formatted(
                                missing.size() == 1 ? "1 base file is" : missing.size() + " base files are",
                                lakeConfig.root(),
                                missing.stream().map(MissingFile::text).collect(Collectors.joining(", "))),
                "Bring them back from a backup. docs/recovery.md tells what to do if there is none.");
    }

    /** Whether the metastore has the lake's tables. */
    String tables() {
        List<String> missing = new RegisteredTables(lakeConfig).missing();
        if (missing.isEmpty()) {
            return "the metastore has all of " + lakeConfig.database() + ".*";
        }
        throw new MeterlakeException(
                LakeErrorCode.UNKNOWN_TABLE,
                "the metastore does not have %s of the database %s"
                        .formatted(String.join(", ", missing), lakeConfig.database()),
                "Run `./meterlake snapshot register`, which registers the lake's tables and all snapshots, and then"
                        + " `./meterlake build` for the published views.");
    }

    boolean hasSnapshots() {
        return Files.isDirectory(lakeConfig.root().resolve(".snapshots"));
    }

    /** Whether the metastore has what is listed, and the cleaner leaves the files of all snapshots alone. */
    String snapshots() {
        try (Lake lake = Lake.open(lakeConfig, clock)) {
            RegisteredTables registered = new RegisteredTables(lakeConfig);
            List<Snapshot> listed = new Snapshots(lake).list();
            List<String> lost = listed.stream()
                    .filter(snapshot -> !hasAll(registered.of(snapshot.database()), snapshot))
                    .map(Snapshot::id)
                    .toList();
            if (!lost.isEmpty()) {
                throw new MeterlakeException(
                        SnapshotErrorCode.UNKNOWN_SNAPSHOT,
                        "the metastore does not have the tables of %s: %s"
                                .formatted(Counted.of(lost.size(), "listed snapshot"), some(lost)),
                        "Run `./meterlake snapshot register`.");
            }
            List<SnapshotProtection.Gap> gaps = new SnapshotProtection(lake).gapsByFile();
            if (!gaps.isEmpty()) {
                throw new MeterlakeException(
                        SnapshotErrorCode.UNPROTECTED_SNAPSHOT,
                        "the cleaner could take files of "
                                + gaps.stream()
                                        .map(SnapshotProtection.Gap::text)
                                        .collect(Collectors.joining("; ")),
                        "Run `./meterlake snapshot protect ID` before the next ingest; docs/retention.md tells more.");
            }
            return "%s registered; savepoints list every file of each; the cleaner keeps %s"
                    .formatted(
                            listed.size() == 1 ? "1 is" : listed.size() + " are",
                            lake.config().cleaner().text());
        }
    }

    private static boolean hasAll(Set<String> tables, Snapshot snapshot) {
        return snapshot.tables().stream().allMatch(table -> tables.contains(table.table()));
    }

    /** Whether readers find the views that the newest run published. */
    String views() {
        Optional<RunRecord> newest = new RunRecords(config.path(Setting.RUNS_PATH))
                .all().stream()
                        .filter(run -> run.status() == RunRecord.Status.PUBLISHED)
                        .reduce((earlier, later) -> later);
        if (newest.isEmpty()) {
            return "nothing was published yet";
        }
        List<Relation> views =
                newest.get().publications().stream().map(Publication::view).toList();
        Map<String, Set<String>> schemas = new HashMap<>();
        views.forEach(view -> schemas.computeIfAbsent(view.catalog(), absent -> new TreeSet<>())
                .add(view.schema()));
        Set<Relation> present;
        try (EngineSession session = EngineSession.open(config, "doctor")) {
            present = new PublishedViews(session.trino()).targets(schemas).keySet();
        }
        List<String> lost = views.stream()
                .filter(view -> !present.contains(PublishedViews.stored(view)))
                .map(Relation::dotted)
                .toList();
        if (!lost.isEmpty()) {
            throw new MeterlakeException(
                    LakeErrorCode.UNKNOWN_TABLE,
                    "%s of the run of snapshot %s missing: %s"
                            .formatted(
                                    Counted.of(lost.size(), "published view"),
                                    newest.get().snapshotId(),
                                    some(lost)),
                    "Run `./meterlake build`.");
        }
        return "%s of the run of snapshot %s"
                .formatted(Counted.of(views.size(), "view"), newest.get().snapshotId());
    }

    private static String some(List<String> names) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
