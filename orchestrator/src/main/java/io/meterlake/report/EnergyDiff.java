package io.meterlake.report;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What led from one state of a period's energy to another. All energy is in kWh and exact.
 *
 * @param partners those of whom something changed, by partner and flow
 * @param meters the channels of which something changed, by partner, meter, channel and flow
 */
public record EnergyDiff(List<PartnerChange> partners, List<MeterChange> meters) {
    /** Nothing changed. */
    static final EnergyDiff NONE = new EnergyDiff(List.of(), List.of());

    /** A partner's energy of the whole period. */
    public record PartnerChange(String partnerId, String flowDirection, BigDecimal beforeKwh, BigDecimal afterKwh) {
        public BigDecimal differenceKwh() {
            return afterKwh.subtract(beforeKwh);
        }
    }

    /**
     * A channel's energy of the whole period, as far as it is settled with one partner.
     *
     * @param explainedKwh the sum of the differences of the intervals
     * @param intervals those whose energy changed, in the order of time
     */
    public record MeterChange(
            String partnerId,
            String meterId,
            String channel,
            String flowDirection,
            BigDecimal beforeKwh,
            BigDecimal afterKwh,
            BigDecimal explainedKwh,
            List<IntervalChange> intervals) {
        public MeterChange {
            intervals = List.copyOf(intervals);
        }

        public BigDecimal differenceKwh() {
            return afterKwh.subtract(beforeKwh);
        }

        /** What no reading explains: contracts or models changed. */
        public BigDecimal unexplainedKwh() {
            return differenceKwh().subtract(explainedKwh);
        }
    }

    /** What became of an interval. */
    public enum Kind {
        /** There was no row of it before. */
        NEW,
        /** There was a row of it before whose value did not count: missing or withdrawn. */
        FILLED,
        /** Another value took the place of the one before. */
        CORRECTED,
        /** The value does not count any more. */
        WITHDRAWN,
        /** There is no row of it any more. */
        GONE;

        /** As it is printed. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A value as it was sent.
     *
     * @param energyKwh null if it does not count
     */
    public record Value(
            @Nullable BigDecimal energyKwh,
            @Nullable BigDecimal value,
            @Nullable String unit,
            @Nullable String quality) {}

    /**
     * An interval whose energy changed.
     *
     * @param startAt in UTC, ISO-8601
     * @param before null if there was no row
     * @param after null if there is no row any more
     * @param source what brought the value that stands now
     * @param corrections each correction between the two, the earliest first; none for a value that is simply new
     */
    public record IntervalChange(
            LocalDate day,
            String startAt,
            int minutes,
            @Nullable Value before,
            @Nullable Value after,
            Source source,
            List<Correction> corrections) {
        public IntervalChange {
            corrections = List.copyOf(corrections);
        }

        public BigDecimal differenceKwh() {
            return kwh(after).subtract(kwh(before));
        }

        public Kind kind() {
            if (before == null) {
                return Kind.NEW;
            } else if (after == null) {
                return Kind.GONE;
            } else if (before.energyKwh() == null) {
                return Kind.FILLED;
            }
            return after.energyKwh() == null ? Kind.WITHDRAWN : Kind.CORRECTED;
        }

        /** Whether the corrections lead from the one value to the other; one that is simply new needs none. */
        public boolean isTraced() {
            Value first = before;
            Value last = after;
            if (corrections.isEmpty()) {
                return first == null;
            }
            Correction earliest = corrections.getFirst();
            Correction latest = corrections.getLast();
            return (first == null || same(earliest.oldValue(), first.value()))
                    && last != null
                    && same(latest.newValue(), last.value());
        }

        private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
            if (one == null || other == null) {
                return one == null && other == null;
            }
            return one.compareTo(other) == 0;
        }

        private static BigDecimal kwh(@Nullable Value value) {
            return value == null || value.energyKwh() == null ? BigDecimal.ZERO : requireNonNull(value.energyKwh());
        }
    }

    /**
     * A file that brought a value.
     *
     * @param recordedAt when the sender wrote it; ISO-8601
     * @param receivedAt when it was ingested; ISO-8601
     */
    public record Source(
            String file,
            String checksum,
            @Nullable String recordedAt,
            @Nullable String receivedAt) {}

    /**
     * A row of {@code reading_changes}.
     *
     * @param commit the requested time of the commit that made it
     */
    public record Correction(
            String commit,
            Source source,
            @Nullable BigDecimal oldValue,
            @Nullable String oldUnit,
            @Nullable String oldQuality,
            @Nullable BigDecimal newValue,
            @Nullable String newUnit,
            @Nullable String newQuality,
            @Nullable String oldFile) {}

    public EnergyDiff {
        partners = List.copyOf(partners);
        meters = List.copyOf(meters);
    }

    /** Only what some of the intervals did. */
    EnergyDiff only(Predicate<IntervalChange> wanted) {
        Map<List<String>, BigDecimal> byPartner = new HashMap<>();
        List<MeterChange> kept = new ArrayList<>();
        for (MeterChange meter : meters) {
            List<IntervalChange> some =
                    meter.intervals().stream().filter(wanted).toList();
            if (!some.isEmpty()) {
                BigDecimal difference =
                        some.stream().map(IntervalChange::differenceKwh).reduce(BigDecimal.ZERO, BigDecimal::add);
                kept.add(new MeterChange(
                        meter.partnerId(),
                        meter.meterId(),
                        meter.channel(),
                        meter.flowDirection(),
                        meter.beforeKwh(),
                        meter.beforeKwh().add(difference),
                        difference,
                        some));
                byPartner.merge(List.of(meter.partnerId(), meter.flowDirection()), difference, BigDecimal::add);
            }
        }
        List<PartnerChange> partnersKept = partners.stream()
                .filter(partner -> byPartner.containsKey(List.of(partner.partnerId(), partner.flowDirection())))
                .map(partner -> new PartnerChange(
                        partner.partnerId(),
                        partner.flowDirection(),
                        partner.beforeKwh(),
                        partner.beforeKwh()
                                .add(byPartner.getOrDefault(
                                        List.of(partner.partnerId(), partner.flowDirection()), BigDecimal.ZERO))))
                .toList();
        return new EnergyDiff(partnersKept, kept);
    }

    /** What no reading explains, over all meters; amounts that cancel each other out do not here. */
    public BigDecimal unexplainedKwh() {
        return meters.stream().map(meter -> meter.unexplainedKwh().abs()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
