package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.demo.SampleDelivery;
import io.meterlake.demo.SampleFile;
import io.meterlake.demo.SampleWeek;
import io.meterlake.devstack.DevStack;
import io.meterlake.error.ExitCode;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.format.csv.CsvMappingFile;
import io.meterlake.lake.Lake;
import io.meterlake.report.Manifest;
import io.meterlake.report.Period;
import io.meterlake.report.ReportFiles;
import io.meterlake.report.ReportRequest;
import io.meterlake.report.ReportRow;
import io.meterlake.report.ReportStatus;
import io.meterlake.run.RunKind;
import io.meterlake.run.RunResult;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import io.meterlake.vee.VeeRules;
import io.meterlake.writer.Ingest;
import io.meterlake.writer.IngestOutcome;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code demo}: the whole journey, on a week of files of two utilities that do not exist. */
@Command(
        name = "demo",
        description = "Takes a week of sample files through the whole journey, up to the settlement report",
        footer = {"", "A second run finds what the first one made and changes nothing but the models' builds."},
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String REPORT = "settlement";
    private static final Period PERIOD = Period.parse("2026-01");

    @ParentCommand
    private MeterlakeCommand parent;

    @Override
    public Integer call() {
        Config config = parent.config();
        Console console = parent.console();

        console.note("1. The stack");
        DevStack stack = StackCommand.up(config, parent.context());

        console.note("2. The files of a week");
        List<SampleFile> files = writeFiles(config);
        try (Lake lake = LakeSession.open(config, parent.context().clock())) {
            List<IngestOutcome> outcomes = ingest(config, lake, files);
            outcomes.stream().map(IngestText::lines).map(List::getFirst).forEach(line -> console.note("   " + line));

            console.note("3. The models and their tests");
            try (EngineSession session = EngineSession.open(config, "demo")) {
                RunResult built =
                        ProjectRun.execute(parent, config, new ProjectOptions(), RunKind.BUILD, session.trino(), lake);
                if (built.exitCode() != ExitCode.OK) {
                    return built.exitCode().status();
                }
                console.note("4. The settlement report of " + PERIOD.text());
                ReportFiles reports = new ReportFiles(config.path(Setting.REPORTS_PATH));
                Manifest manifest = report(config, session, lake, reports);
                ReportStatus status = statuses(reports, lake).getOrDefault(manifest.reportId(), ReportStatus.DRAFT);
                new DemoSummary(console.out(), config.projectFolder())
                        .print(outcomes, manifest, status, reports.folder(manifest), stack);
            }
        }
        return ExitCode.OK.status();
    }

    private List<SampleFile> writeFiles(Config config) {
        Path folder = config.projectFolder().resolve(".meterlake/demo/landing");
        try {
            return new SampleDelivery(SampleWeek.STANDARD).writeTo(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the sample files to " + folder, e);
        }
    }

    private List<IngestOutcome> ingest(Config config, Lake lake, List<SampleFile> files) {
        List<IngestRequest> requests = new ArrayList<>();
        for (SampleFile file : files) {
            requests.addAll(new IngestFiles(file.utility(), mapped(file), MeterFormats.installed())
                    .requests(List.of(file.path())));
        }
        // As they came, a day at a time: what later files correct was in the table before.
        return new Ingest(lake, new IngestProgress(parent.console()))
                .rejecting(VeeRules.read(config.path(Setting.MODELS_PATH)))
                .oneByOne()
                .ingest(requests);
    }

    private static Optional<io.meterlake.format.MeterFormat> mapped(SampleFile file) {
        Path mapping = file.mapping();
        if (mapping == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(CsvFormat.mapped(CsvMappingFile.read(mapping)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + mapping, e);
        }
    }

    /**
     * Makes the report, unless there is one of the very files that the build has just read: the signed one, or the newest
     * draft.
     */
    private Manifest report(Config config, EngineSession session, Lake lake, ReportFiles reports) {
        Optional<Snapshot> now = new Snapshots(lake).current(List.of());
        Map<String, ReportStatus> statuses = statuses(reports, lake);
        Optional<Manifest> present = chosen(
                reports.all().stream()
                        .filter(manifest -> manifest.reportName().equals(REPORT)
                                && manifest.period().equals(PERIOD.text())
                                && now.isPresent()
                                && isOf(now.get(), manifest))
                        .toList(),
                statuses);
        if (present.isPresent()) {
            String id = present.get().reportId();
            parent.console()
                    .note("   nothing has changed since %s, %s"
                            .formatted(
                                    id,
                                    statuses.get(id) == ReportStatus.SIGNED ? "which is signed" : "the newest draft"));
            return present.get();
        }
        return ReportCommand.make(
                        parent.context(),
                        config,
                        session.trino(),
                        lake,
                        ReportRequest.now(REPORT, PERIOD, ReportRequest.INITIAL),
                        new ReportText(parent.console()))
                .manifest();
    }

    /** The signed one; else the newest that no other one took the place of, and at last the newest. */
    static Optional<Manifest> chosen(List<Manifest> oldestFirst, Map<String, ReportStatus> statuses) {
        return oldestFirst.stream()
                .max(Comparator.comparingInt((Manifest manifest) -> switch (statuses.getOrDefault(
                                manifest.reportId(), ReportStatus.DRAFT)) {
                            case SIGNED -> 2;
                            case DRAFT -> 1;
                            case SUPERSEDED -> 0;
                        })
                        .thenComparing(Manifest::createdAt));
    }

    private static Map<String, ReportStatus> statuses(ReportFiles reports, Lake lake) {
        return ReportCommand.records(reports, lake).all().stream()
                .collect(Collectors.toMap(ReportRow::reportId, ReportRow::status));
    }

    private static boolean isOf(Snapshot snapshot, Manifest manifest) {
        return manifest.inputs().stream()
                .allMatch(input -> snapshot.table(input.table())
                        .filter(pinned -> pinned.filesSha256().equals(input.filesSha256()))
                        .isPresent());
    }
}
