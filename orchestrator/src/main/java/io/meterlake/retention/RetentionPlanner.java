package io.meterlake.retention;

import io.meterlake.project.Relation;
import io.meterlake.report.ReportStatus;
import io.meterlake.retention.RetentionPlan.ReportBytes;
import io.meterlake.retention.RetentionPlan.SnapshotDecision;
import io.meterlake.run.RunRecord;
import io.meterlake.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what is kept. Pure: the same facts, policy and moment give the same plan. */
public final class RetentionPlanner {
    private final RetentionPolicy policy;
    private final RetentionFacts facts;
    private final Instant now;
    private final Map<String, RunRecord> runs;
    private final Map<String, Snapshot> byId;
    private final Map<String, List<Need>> needs = new HashMap<>();

    private RetentionPlanner(RetentionPolicy policy, RetentionFacts facts, Instant now) {
        this.policy = policy;
        this.facts = facts;
        this.now = now;
        this.runs = facts.runs().stream()
                .collect(Collectors.toMap(RunRecord::snapshotId, Function.identity(), (first, second) -> second));
        this.byId = facts.snapshots().stream().collect(Collectors.toMap(Snapshot::id, Function.identity()));
    }

    public static RetentionPlan plan(RetentionPolicy policy, RetentionFacts facts, Instant now) {
        return new RetentionPlanner(policy, facts, now).plan();
    }

    private RetentionPlan plan() {
        byAge();
        byReports();
        new SnapshotReaders(facts).published().forEach((id, views) -> need(id, new Need.Published(views)));
        byOtherSnapshots();
        Set<String> kept = byId.keySet().stream().filter(this::isKept).collect(Collectors.toSet());
        FileShares shares = new FileShares(facts, kept);
        List<SnapshotDecision> decisions = facts.snapshots().stream()
                .map(snapshot -> new SnapshotDecision(
                        snapshot.id(),
                        kind(snapshot),
                        snapshot.createdAt(),
                        needs.getOrDefault(snapshot.id(), List.of()),
                        bytes(snapshot),
                        shares.ownBytes(snapshot.id())))
                .toList();
        return new RetentionPlan(
                now,
                decisions,
                reports(shares),
                staleSeeds(kept),
                facts.unfinishedSeeds().stream()
                        .sorted(Comparator.comparing(Relation::dotted))
                        .toList(),
                shares.keptBytes(),
                shares.freedBytes(),
                facts.warnings());
    }

    /** With what was gathered of it; what was pinned, if its list can't be read. */
    private long bytes(Snapshot snapshot) {
        long listed = facts.files().getOrDefault(snapshot.id(), Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Math.max(listed, snapshot.bytes());
    }

    private SnapshotKind kind(Snapshot snapshot) {
        return SnapshotKind.of(snapshot, Optional.ofNullable(runs.get(snapshot.id())));
    }

    private boolean isKept(String id) {
        return needs.containsKey(id);
    }

    private void need(String id, Need need) {
        if (byId.containsKey(id)) {
            needs.computeIfAbsent(id, absent -> new ArrayList<>()).add(need);
        }
    }

    private void byAge() {
        Map<SnapshotKind, Integer> newer = new HashMap<>();
        for (Snapshot snapshot : facts.snapshots().stream()
                .sorted(Comparator.comparing(Snapshot::id).reversed())
                .toList()) {
            SnapshotKind kind = kind(snapshot);
            int position = newer.merge(kind, 1, Integer::sum);
            RetentionPolicy.Rule rule = switch (kind) {
                case RUN -> policy.runs();
                case FAILED_RUN -> policy.failedRuns();
                case MANUAL -> policy.manual();
                case REPORT -> new RetentionPolicy.Rule(unreferenced(), 0);
                case RUN_IN_PROGRESS -> RetentionPolicy.Rule.FOREVER;
            };
            if (kind == SnapshotKind.RUN_IN_PROGRESS) {
                need(snapshot.id(), new Need.InProgress());
                continue;
            }
            boolean ofReport = kind == SnapshotKind.REPORT
                    && facts.reports().stream()
                            .anyMatch(report -> report.snapshotId().equals(snapshot.id()));
            Optional<Instant> until = rule.keep().until(moment -> snapshot.createdAt());
            if (!ofReport && isInTime(until)) {
                need(snapshot.id(), new Need.Young(kind, until));
            }
            int atLeast = kind == SnapshotKind.RUN ? Math.max(1, rule.atLeast()) : rule.atLeast();
            if (position <= atLeast) {
                need(snapshot.id(), new Need.Newest(kind, atLeast));
            }
        }
    }

    /** The snapshot of a report that is being made, or that was never finished: as long as a draft, from its making on. */
    private KeepTime unreferenced() {
        return policy.drafts();
    }

    private boolean isInTime(Optional<Instant> until) {
        return until.isEmpty() || until.get().isAfter(now);
    }

    private void byReports() {
        for (ReportFact report : facts.reports()) {
            Optional<Instant> until = rule(report.status()).until(report::time);
            if (isInTime(until)) {
                need(report.snapshotId(), new Need.Report(report.reportId(), report.status(), until));
            }
        }
    }

    private KeepTime rule(ReportStatus status) {
        return switch (status) {
            case DRAFT -> policy.drafts();
            case SIGNED -> policy.signed();
            case SUPERSEDED -> policy.superseded();
        };
    }

    /** What a kept snapshot's builds read is kept, and what that reads, and so on. */
    private void byOtherSnapshots() {
        Map<String, Set<String>> reads = new SnapshotReaders(facts).builds();
        Deque<String> open = new ArrayDeque<>(new TreeSet<>(needs.keySet()));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String id = open.pop();
            if (seen.add(id)) {
                for (String read : reads.getOrDefault(id, Set.of())) {
                    need(read, new Need.ReadBy(id));
                    open.push(read);
                }
            }
        }
    }

    private List<ReportBytes> reports(FileShares shares) {
        List<ReportBytes> reports = new ArrayList<>();
        for (Snapshot snapshot : facts.snapshots()) {
            List<Need> why = needs.getOrDefault(snapshot.id(), List.of());
            for (Need need : why) {
                if (need instanceof Need.Report report) {
                    long own = why.size() == 1 ? shares.ownBytes(snapshot.id()) : 0;
                    reports.add(new ReportBytes(report.reportId(), report.status(), snapshot.id(), own));
                }
            }
        }
        return reports;
    }

    private List<Relation> staleSeeds(Set<String> kept) {
        List<String> readers = facts.views().stream()
                .filter(view -> view.snapshotId().isEmpty() || kept.contains(view.snapshotId()))
                .map(ViewText::definition)
                .toList();
        return facts.seedTables().stream()
                .filter(table -> !facts.namedSeeds().contains(table))
                .filter(table -> readers.stream().noneMatch(sql -> sql.contains(table.identifier())))
                .sorted(Comparator.comparing(Relation::dotted))
                .toList();
    }
}
