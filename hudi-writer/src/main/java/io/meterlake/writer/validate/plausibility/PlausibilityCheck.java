package io.meterlake.writer.validate.plausibility;

import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Passes on what is plausible and turns the rest into rejects. What says that there is no value, or takes one back, is no
 * measurement and always passes. Of one file; not thread-safe.
 */
final class PlausibilityCheck implements ReadingSink {
    private final PlausibilityRules rules;
    private final ReadingSink next;

    /** By handle. */
    private final List<Series> series = new ArrayList<>();

    /** By handle: what is checked of its readings. */
    private final List<ReadingCheck[]> checks = new ArrayList<>();

    /** The handles of grades whose values count. */
    private final BitSet measured = new BitSet();

    private final Map<Channel, TakenIntervals> intervals = new HashMap<>();

    private record Channel(String meterId, String channel) {}

    PlausibilityCheck(PlausibilityRules rules, ReadingSink next) {
        this.rules = rules;
        this.next = next;
    }

    @Override
    public int series(Series declared) {
        int handle = next.series(declared);
        if (handle == series.size()) {
            series.add(declared);
            Optional<KnownMeters.Meter> meter = rules.meters().of(declared.meterId());
            checks.add(rules.rules().stream()
                    .filter(rule -> rule.isFor(declared, meter))
                    .flatMap(rule -> check(rule, declared, meter).stream())
                    .toArray(ReadingCheck[]::new));
        }
        return handle;
    }

    private Optional<ReadingCheck> check(PlausibilityRule rule, Series of, Optional<KnownMeters.Meter> meter) {
        return switch (rule.limit()) {
            case Limit.NotNegative() -> Optional.of(new NegativeCheck(rule, of));
            case Limit.FuseRating fuse ->
                meter.flatMap(KnownMeters.Meter::fuseKilowatts)
                        .or(fuse::kilowatts)
                        .flatMap(kilowatts -> FuseCheck.of(rule, of, kilowatts));
            case Limit.NotFrozen frozen -> Optional.of(new FrozenCheck(rule, of, frozen.intervals()));
            case Limit.NoOverlap() -> Optional.of(new OverlapCheck(rule, intervals(of), of));
            case Limit.NoDuplicate() -> Optional.of(new DuplicateCheck(rule, intervals(of), of));
        };
    }

    private TakenIntervals intervals(Series of) {
        return intervals.computeIfAbsent(new Channel(of.meterId(), of.channel()), channel -> new TakenIntervals());
    }

    @Override
    public int grade(Grade declared) {
        int handle = next.grade(declared);
        Quality quality = declared.quality();
        measured.set(handle, quality != Quality.MISSING && quality != Quality.WITHDRAWN);
        return handle;
    }

    @Override
    public void reading(int handle, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        if (measured.get(grade)) {
            ReadingCheck[] ofSeries = checks.get(handle);
            for (ReadingCheck check : ofSeries) {
                Optional<Fault> fault = check.fault(startMicros, scaledValue);
                if (fault.isPresent()) {
                    refuse(fault.get(), series.get(handle), startMicros, scaledValue, line);
                    return;
                }
            }
            for (ReadingCheck check : ofSeries) {
                check.taken(startMicros, scaledValue);
            }
        }
        next.reading(handle, startMicros, scaledValue, grade, recordedAtMicros, line);
    }

    private void refuse(Fault fault, Series of, long startMicros, long scaledValue, long line) {
        String raw = "meter %s, channel %s, start %s, %d minutes, value %s"
                .formatted(
                        of.meterId(),
                        of.channel(),
                        Instant.EPOCH.plus(startMicros, ChronoUnit.MICROS),
                        of.intervalMinutes(),
                        scaledValue == NO_VALUE ? "none" : Energy.text(scaledValue, of));
        next.reject(new Reject(line, fault.field(), fault.reason(), fault.hint(), raw));
    }

    @Override
    public void reject(Reject reject) {
        next.reject(reject);
    }
}
