package io.meterlake.retention;

import io.meterlake.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which views read which snapshots. */
final class SnapshotReaders {
    private final List<ViewText> views;
    private final List<RunRecord> runs;

    SnapshotReaders(RetentionFacts facts) {
        this(facts.views(), facts.runs());
    }

    SnapshotReaders(List<ViewText> views, List<RunRecord> runs) {
        this.views = views;
        this.runs = runs;
    }

    /** The views outside of snapshots that read one, by its id. */
    Map<String, List<String>> published() {
        Map<String, List<String>> published = new TreeMap<>();
        for (ViewText view : views) {
            if (view.snapshotId().isEmpty()) {
                view.reads()
                        .forEach(id -> published
                                .computeIfAbsent(id, absent -> new ArrayList<>())
                                .add(view.dotted()));
            }
        }
        return published;
    }

    /** For each snapshot the others that what was built from it reads. */
    Map<String, Set<String>> builds() {
        Map<String, Set<String>> builds = new TreeMap<>();
        for (ViewText view : views) {
            if (!view.snapshotId().isEmpty()) {
                builds.computeIfAbsent(view.snapshotId(), absent -> new TreeSet<>())
                        .addAll(view.reads());
            }
        }
        for (RunRecord run : runs) {
            builds.computeIfAbsent(run.snapshotId(), absent -> new TreeSet<>()).addAll(run.reads());
        }
        return builds;
    }
}
