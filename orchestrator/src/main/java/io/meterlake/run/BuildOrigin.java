package io.meterlake.run;

import static java.util.Objects.requireNonNull;

import io.meterlake.compile.Days;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a build of an incremental model was made of, as its run keeps it: with it the next run knows whether it may begin at
 * this build, and what has changed since.
 *
 * @param built the dotted name of the table
 * @param definition SHA-256 of its SQL and settings, in hex
 * @param inputs all that it read, directly or through models of the same run, by unique id
 * @param stale the days that had changed and were not built, since others were asked for
 */
record BuildOrigin(String built, String definition, Map<String, Input> inputs, List<String> stale) {
    BuildOrigin {
        requireNonNull(built, "built is null");
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        stale = List.copyOf(stale);
    }

    Days staleDays() {
        return Days.of(stale.stream().map(LocalDate::parse).toList());
    }

    /** Where rows of an input come from. */
    enum Source {
        /** A table of the snapshot. */
        SNAPSHOT,
        /** A table or view that never changes. */
        FIXED,
        /** What the same run built, by its definition of its own inputs. */
        RUN,
        /** What may have changed without anybody noticing. */
        LIVE
    }

    /**
     * An input.
     *
     * @param name of the snapshot's table, or the dotted name of the relation
     * @param definition of a model of the same run; empty for all else
     */
    record Input(Source source, String name, String definition) {}
}
