package io.meterlake.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.project.Relation;
import io.meterlake.report.ReportStatus;
import io.meterlake.retention.RetentionPlan.Action;
import io.meterlake.retention.RetentionPlan.SnapshotDecision;
import io.meterlake.run.RunRecord;
import io.meterlake.snapshot.Snapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {
    private static final Instant NOW = Instant.parse("2028-06-01T00:00:00Z");
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);
    private static final RetentionPolicy POLICY = new RetentionPolicy(
            new RetentionPolicy.Rule(days(35), 0),
            new RetentionPolicy.Rule(days(2), 0),
            new RetentionPolicy.Rule(days(90), 0),
            days(90),
            new KeepTime.For(Period.ofMonths(28), Moment.PERIOD_END),
            new KeepTime.For(Period.ofMonths(28), Moment.SUPERSEDED));

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<RunRecord> runs = new ArrayList<>();
    private final List<ReportFact> reports = new ArrayList<>();
    private final List<ViewText> views = new ArrayList<>();
    private final Set<Relation> seeds = new HashSet<>();
    private final Set<Relation> namedSeeds = new HashSet<>();
    private final Set<Relation> unfinishedSeeds = new HashSet<>();
    private final Map<String, Map<String, Long>> files = new HashMap<>();
    private final Set<String> live = new HashSet<>();

    private static KeepTime days(int days) {
        return new KeepTime.For(Period.ofDays(days), Moment.CREATED);
    }

    private String snapshot(String purpose, int daysOld) {
        Instant created = NOW.minus(Period.ofDays(daysOld));
        Snapshot snapshot = new Snapshot(ID.format(created), created, purpose, List.of());
        snapshots.add(snapshot);
        return snapshot.id();
    }

    private String run(RunRecord.Status status, int daysOld, String... reads) {
        String id = snapshot("run", daysOld);
        runs.add(new RunRecord(id, "build", NOW, status, List.of(reads), List.of(), RunRecord.Verdict.NONE, Map.of()));
        return id;
    }

    private void report(
            String id, ReportStatus status, String snapshot, String periodEnd, @Nullable String superseded) {
        reports.add(new ReportFact(
                id,
                status,
                snapshot,
                NOW.minus(Period.ofDays(400)),
                LocalDate.parse(periodEnd),
                status == ReportStatus.DRAFT ? null : NOW.minus(Period.ofDays(399)),
                superseded == null ? null : Instant.parse(superseded)));
    }

    private RetentionPlan plan() {
        snapshots.sort(java.util.Comparator.comparing(Snapshot::id));
        return RetentionPlanner.plan(
                POLICY,
                new RetentionFacts(
                        snapshots, runs, reports, views, seeds, unfinishedSeeds, namedSeeds, files, live, List.of()),
                NOW);
    }

    private List<String> dropped() {
        return plan().snapshots().stream()
                .filter(one -> !one.kept())
                .map(SnapshotDecision::snapshotId)
                .toList();
    }

    @Test
    void keepsByAgeAndKind() {
        String oldRun = run(RunRecord.Status.PUBLISHED, 36);
        run(RunRecord.Status.PUBLISHED, 34);
        String failed = run(RunRecord.Status.FAILED, 3);
        String killed = snapshot("run", 4);
        run(RunRecord.Status.RUNNING, 50);
        String manual = snapshot("before the upgrade", 91);
        snapshot("manual", 89);
        String report = snapshot("report", 92);
        snapshot("report", 1);

        assertThat(dropped()).containsExactlyInAnyOrder(oldRun, failed, killed, manual, report);
    }

    @Test
    void keepsTheNewestPublishedRunHoweverOldItIs() {
        String older = run(RunRecord.Status.PUBLISHED, 901);
        String newest = run(RunRecord.Status.PUBLISHED, 900);

        assertThat(dropped()).containsExactly(older);
        assertThat(plan().snapshots().getLast().needs()).containsExactly(new Need.Newest(SnapshotKind.RUN, 1));
        assertThat(plan().actions())
                .containsExactly(new Action.DropSnapshot(older))
                .doesNotContain(new Action.DropSnapshot(newest));
    }

    @Test
    void keepsWhatReportsNeedUntilTheirTimeIsOver() {
        String signed = snapshot("report", 800);
        String over = snapshot("report", 900);
        String draft = snapshot("report", 700);
        String superseded = snapshot("manual", 850);
        report("signed", ReportStatus.SIGNED, signed, "2026-02-02", null);
        // 28 months after its end is now.
        report("over", ReportStatus.SIGNED, over, "2026-02-01", null);
        report("draft", ReportStatus.DRAFT, draft, "2028-02-01", null);
        report("superseded", ReportStatus.SUPERSEDED, superseded, "2024-02-01", "2026-02-02T00:00:00Z");

        assertThat(dropped()).containsExactly(over, draft);
    }

    @Test
    void keepsWhatViewsAndKeptBuildsReadAndWhatThoseRead() {
        String deepest = snapshot("manual", 503);
        String deeper = run(RunRecord.Status.PUBLISHED, 502);
        String deep = run(RunRecord.Status.PUBLISHED, 501, deeper);
        String unread = run(RunRecord.Status.PUBLISHED, 500);
        run(RunRecord.Status.PUBLISHED, 1);
        views.add(new ViewText("marts", "x", "select * from hive.snap_" + deep + "__marts.x"));
        views.add(new ViewText(
                "snap_" + deeper + "__marts", "y", "select 1 from hive.snap_" + deepest + ".meter_readings"));
        views.add(new ViewText(
                "snap_" + unread + "__marts", "z", "select 1 from hive.snap_" + unread + ".meter_readings"));

        assertThat(dropped()).containsExactly(unread);
        assertThat(plan().snapshots().getFirst().needs()).containsExactly(new Need.ReadBy(deeper));
        assertThat(plan().snapshots().get(2).needs()).containsExactly(new Need.Published(List.of("marts.x")));
    }

    @Test
    void countsTheBytesThatASnapshotAloneKeepsAlive() {
        String report = snapshot("report", 500);
        String dropped = snapshot("manual", 200);
        String kept = snapshot("manual", 1);
        report("R", ReportStatus.SIGNED, report, "2028-01-01", null);
        files.put(report, Map.of("a1", 1L, "b1", 10L, "c1", 100L));
        files.put(dropped, Map.of("a1", 1L, "a2", 1_000L, "b2", 10_000L));
        files.put(kept, Map.of("b1", 10L, "b2", 10_000L, "c2", 100_000L));
        live.add("c2");
        RetentionPlan plan = plan();

        assertThat(plan.snapshots()).extracting(SnapshotDecision::ownBytes).containsExactly(101L, 1_000L, 10_000L);
        assertThat(plan.keptBytes()).isEqualTo(10_111);
        assertThat(plan.freedBytes()).isEqualTo(1_000);
        assertThat(plan.reports())
                .containsExactly(new RetentionPlan.ReportBytes("R", ReportStatus.SIGNED, report, 101));
        report("S", ReportStatus.DRAFT, report, "2028-01-01", null);
        reports.set(1, new ReportFact("S", ReportStatus.DRAFT, report, NOW, LocalDate.parse("2028-01-01"), null, null));
        assertThat(plan().reports())
                .extracting(RetentionPlan.ReportBytes::ownBytes)
                .containsExactly(0L, 0L);
    }

    @Test
    void dropsSeedTablesThatNothingNames() {
        String kept = snapshot("manual", 1);
        String dropped = snapshot("manual", 200);
        Relation stale = new Relation("hive", "seeds", "regions__00000000000a");
        Relation published = stale.withIdentifier("regions__00000000000b");
        Relation ofReport = stale.withIdentifier("regions__00000000000c");
        Relation ofKept = stale.withIdentifier("regions__00000000000d");
        Relation ofDropped = stale.withIdentifier("regions__00000000000e");
        seeds.addAll(List.of(stale, published, ofReport, ofKept, ofDropped));
        namedSeeds.add(ofReport);
        views.add(new ViewText("seeds", "regions", "select * from hive.seeds.regions__00000000000b"));
        views.add(new ViewText("snap_" + kept + "__m", "x", "select * from hive.seeds.regions__00000000000d"));
        views.add(new ViewText("snap_" + dropped + "__m", "x", "select * from hive.seeds.regions__00000000000e"));

        assertThat(plan().staleSeeds()).containsExactly(stale, ofDropped);
        assertThat(plan().actions())
                .containsExactly(
                        new Action.DropSnapshot(dropped), new Action.DropSeed(stale), new Action.DropSeed(ofDropped));
    }

    @Test
    void dropsWhatALoadLeftThatWasCutOffAlsoOfContentThatIsNamed() {
        Relation whole = new Relation("hive", "seeds", "regions__00000000000a");
        Relation second = whole.withIdentifier("regions__00000000000a__20260201_030000_00002_abcde__making");
        Relation first = whole.withIdentifier("regions__00000000000a__20260201_030000_00001_abcde__making");
        seeds.add(whole);
        namedSeeds.add(whole);
        unfinishedSeeds.addAll(List.of(second, first));

        assertThat(plan().unfinishedSeeds()).containsExactly(first, second);
        assertThat(plan().actions())
                .containsExactly(new Action.DropUnfinishedSeed(first), new Action.DropUnfinishedSeed(second));
    }
}
