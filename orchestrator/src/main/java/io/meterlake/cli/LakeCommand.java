package io.meterlake.cli;

import static io.meterlake.config.Setting.LAKE_BUCKETS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeLayout;
import io.meterlake.writer.Rebucket;
import io.meterlake.writer.RebucketListener;
import io.meterlake.writer.commit.RebucketCommit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code lake create|show|rebucket}. */
@Command(
        name = "lake",
        description = "Makes a lake, shows how it lies on the disk, and changes that",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | show | rebucket)")
final class LakeCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "create",
            description = "Makes the tables of a lake for a number of meters",
            footer = {
                "",
                "A day of readings lies in a number of files, the buckets. One is right for up to 250,000 meters with",
                "15-minute intervals. An ingest into a folder without a lake makes one with lake.buckets of them."
            },
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--meters",
                            paramLabel = "N",
                            description = "how many channels of meters are going to send readings")
                    @Nullable
                    Long meters,
            @Option(
                            names = "--interval",
                            paramLabel = "MINUTES",
                            defaultValue = "15",
                            description = "how long their intervals are (default: ${DEFAULT-VALUE})")
                    int interval,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text") TextOrJson output) {
        LakeConfig config = LakeSession.config(parent.config());
        int buckets = meters == null ? parent.config().number(LAKE_BUCKETS) : LakeLayout.bucketsFor(meters, interval);
        Optional<Integer> present = LakeLayout.buckets(config);
        if (present.isPresent() && present.get() != buckets) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_EXISTS,
                    "Cannot create the lake in %s with %s a day: there is one with %d"
                            .formatted(config.root(), Counted.of(buckets, "bucket"), present.get()),
                    "Change it with `./meterlake lake rebucket --buckets %d`, or set lake.path to another folder"
                            .formatted(buckets));
        }
        try (Lake lake = Lake.open(config.withBuckets(buckets), parent.context().clock())) {
            Objects.requireNonNull(lake);
            parent.console().note(present.isPresent() ? "The lake was there already." : "The lake is there.");
        }
        return print(LakeLayout.read(config), output);
    }

    @Command(
            name = "show",
            description = "Shows the layout of the lake: buckets, days, files and bytes of its tables",
            mixinStandardHelpOptions = true)
    int show(@Option(names = "--output", paramLabel = "text|json", defaultValue = "text") TextOrJson output) {
        return print(LakeLayout.read(LakeSession.config(parent.config())), output);
    }

    @Command(
            name = "rebucket",
            description = "Spreads each day of readings over another number of files",
            footer = {
                "",
                "Writes all readings anew and makes them visible at once at the end; until then readers see the old files,",
                "ingests wait, and ending it takes it back. The old files go with the cleaner, but for those of snapshots:",
                "have as much room on the disk as the readings take now."
            },
            mixinStandardHelpOptions = true)
    int rebucket(
            @Option(names = "--buckets", paramLabel = "N", required = true, description = "files a day, 1 to 4096")
                    int buckets,
            @Option(names = "--dry-run", description = "only say what would be written") boolean dryRun,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text") TextOrJson output) {
        LakeConfig config = LakeSession.config(parent.config());
        LakeConfig.requireBuckets(buckets);
        LakeLayout before = LakeLayout.read(config);
        if (dryRun) {
            LakeLayout.Table readings = before.tables().getFirst();
            parent.console()
                    .note(
                            before.buckets() == buckets
                                    ? "It has %s a day already.".formatted(Counted.of(buckets, "bucket"))
                                    : "Would write the %s of %s of readings anew, %s in %s."
                                            .formatted(
                                                    Counted.of(readings.files(), "file"),
                                                    Counted.of(readings.partitions(), "day"),
                                                    IngestText.size(readings.bytes()),
                                                    Counted.of(buckets, "bucket") + " a day"));
            return print(before, output);
        }
        try (Lake lake = Lake.open(config, parent.context().clock())) {
            Optional<RebucketCommit.Done> done = new Rebucket(lake, progress()).to(buckets);
            parent.console()
                    .note(done.map(commit -> "Commit %s: %s in place of %d, %s."
                                    .formatted(
                                            commit.commit().requested(),
                                            Counted.of(commit.written(), "file"),
                                            commit.replaced(),
                                            IngestText.size(commit.bytes())))
                            .orElse("It has %s a day already.".formatted(Counted.of(buckets, "bucket"))));
        }
        return print(LakeLayout.read(config), output);
    }

    private RebucketListener progress() {
        Console console = parent.console();
        return new RebucketListener() {
            @Override
            public void written(int days, int of) {
                if (console.errIsTerminal()) {
                    console.err().print("\r\u001b[K" + (days == of ? "" : "%d of %d days written".formatted(days, of)));
                    console.err().flush();
                }
            }
        };
    }

    private int print(LakeLayout layout, TextOrJson output) {
        switch (output) {
            case JSON -> parent.console().out().println(json(layout));
            case TEXT -> lines(layout).forEach(parent.console().out()::println);
        }
        return ExitCode.OK.status();
    }

    static List<String> lines(LakeLayout layout) {
        List<String> lines = new ArrayList<>();
        lines.add("lake     " + layout.root());
        lines.add("buckets  %d a day".formatted(layout.buckets())
                + layout.announced()
                        .map(wanted -> ("; a change to %d was cut off, and the next ingest takes it back or completes"
                                        + " it")
                                .formatted(wanted))
                        .orElse(""));
        lines.add("");
        lines.add("%-18s %6s %8s %10s  %s".formatted("table", "days", "files", "size", "from and to"));
        for (LakeLayout.Table table : layout.tables()) {
            lines.add("%-18s %6s %8d %10s  %s"
                    .formatted(
                            table.name(),
                            table.firstPartition().isEmpty() ? "" : Integer.toString(table.partitions()),
                            table.files(),
                            IngestText.size(table.bytes()),
                            table.firstPartition().isEmpty()
                                    ? ""
                                    : table.firstPartition() + " to " + table.lastPartition())
                    .stripTrailing());
        }
        return lines;
    }

    static String json(LakeLayout layout) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("path", layout.root().toString());
        document.put("buckets", layout.buckets());
        layout.announced().ifPresent(wanted -> document.put("buckets_announced", wanted));
        document.put(
                "tables", layout.tables().stream().map(LakeCommand::document).toList());
        try {
            return new ObjectMapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }

    private static Map<String, Object> document(LakeLayout.Table table) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("table", table.name());
        document.put("partitions", table.partitions());
        document.put("first_partition", table.firstPartition());
        document.put("last_partition", table.lastPartition());
        document.put("files", table.files());
        document.put("bytes", table.bytes());
        return document;
    }
}
