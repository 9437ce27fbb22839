package io.meterlake.report;

import static io.meterlake.report.ReportErrorCode.NOT_COMPARABLE;

import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import io.meterlake.snapshot.Snapshots;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares two reports. Needs what lies beside them, their snapshots and the tables of their seeds; the SQL project is not
 * needed.
 */
public final class ReportComparison {
    private final ReportEnergy energy;

    public ReportComparison(ReportFiles files, ReportRecords records, Snapshots snapshots, Trino trino) {
        this.energy = new ReportEnergy(files, records, snapshots, trino);
    }

    /**
     * What changed between two reports, and why. The one with the older data is the one before, however they are named.
     *
     * @throws MeterlakeException {@code UNKNOWN_REPORT_RUN}; {@code NOT_COMPARABLE} if they are of different names, have
     *     no day in common or were made without detail; {@code INPUTS_GONE}
     */
    public ReportDiff diff(String one, String other) {
        Manifest before = energy.manifest(one);
        Manifest after = energy.manifest(other);
        List<String> notes = new ArrayList<>();
        EnergyState earlier = energy.state(before);
        EnergyState later = energy.state(after);
        if (ReportEnergy.isOlder(later.snapshot(), earlier.snapshot())) {
            notes.add("%s has the older data, so it is the one before".formatted(other));
            Manifest manifest = before;
            before = after;
            after = manifest;
            EnergyState state = earlier;
            earlier = later;
            later = state;
        }
        Days period = commonDays(before, after, notes);
        EnergyDiff diff = energy.compare(before, earlier, later, period);
        if (diff.meters().isEmpty() && !before.contentHash().equals(after.contentHash())) {
            notes.add("the energy is the same; the reports differ in other columns, such as counts of intervals");
        }
        long untraced = diff.meters().stream()
                .flatMap(meter -> meter.intervals().stream())
                .filter(change -> !change.isTraced())
                .count();
        if (untraced > 0) {
            notes.add("of %d of the intervals reading_changes does not tell how the value came to be"
                    .formatted(untraced));
        }
        return new ReportDiff(
                before.reportId(),
                after.reportId(),
                period.start() + "/" + period.end(),
                diff,
                causes(before, after),
                notes);
    }

    private static Days commonDays(Manifest before, Manifest after, List<String> notes) {
        if (!before.reportName().equals(after.reportName())) {
            throw notComparable(before, after, "they are of different names");
        }
        Days one = Days.of(before);
        Days other = Days.of(after);
        LocalDate start = one.start().isAfter(other.start()) ? one.start() : other.start();
        LocalDate end = one.end().isBefore(other.end()) ? one.end() : other.end();
        if (!start.isBefore(end)) {
            throw notComparable(before, after, "they have no day in common");
        }
        if (!one.equals(other)) {
            notes.add("the reports are about %s and %s; the days that both have are compared"
                    .formatted(before.period(), after.period()));
        }
        return new Days(start, end);
    }

    private static MeterlakeException notComparable(Manifest before, Manifest after, String reason) {
        return new MeterlakeException(
                NOT_COMPARABLE,
                "Cannot compare %s with %s: %s".formatted(before.reportId(), after.reportId(), reason),
                "Name two reports of one name and period; `./meterlake report list` shows them.");
    }

    /** What else than readings is not the same. */
    private static List<String> causes(Manifest before, Manifest after) {
        List<String> causes = new ArrayList<>();
        Map<String, String> seedsBefore = seeds(before);
        Map<String, String> seedsAfter = seeds(after);
        union(seedsBefore, seedsAfter).stream()
                .filter(seed -> !seedsBefore.getOrDefault(seed, "").equals(seedsAfter.getOrDefault(seed, "")))
                .forEach(seed -> causes.add("the seed %s was changed".formatted(seed)));
        union(before.modelFingerprints(), after.modelFingerprints()).stream()
                .filter(model -> !before.modelFingerprints()
                        .getOrDefault(model, "")
                        .equals(after.modelFingerprints().getOrDefault(model, "")))
                .forEach(model -> causes.add("%s was changed".formatted(model)));
        if (!before.trinoVersion().equals(after.trinoVersion())) {
            causes.add("Trino was %s and is %s".formatted(before.trinoVersion(), after.trinoVersion()));
        }
        return causes;
    }

    private static Map<String, String> seeds(Manifest manifest) {
        return manifest.seeds().stream()
                .collect(Collectors.toMap(Manifest.SeedInput::seed, Manifest.SeedInput::contentHash));
    }

    private static Set<String> union(Map<String, String> one, Map<String, String> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }
}
