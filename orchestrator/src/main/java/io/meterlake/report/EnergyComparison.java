package io.meterlake.report;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import io.meterlake.engine.Trino;
import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.MeterChange;
import io.meterlake.report.EnergyDiff.PartnerChange;
import io.meterlake.report.EnergyDiffSql.ChannelDay;
import io.meterlake.snapshot.PinnedFile;
import io.meterlake.snapshot.Snapshot;
import io.meterlake.snapshot.Snapshots;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares two states of a period's energy: the days of channels that differ, and for each the intervals that differ. A
 * day on which both snapshots hold the same files of readings has no interval that differs, and is not read for them.
 */
final class EnergyComparison {
    private static final String READINGS = "meter_readings";
    private static final String DAY = "reading_date=";
    private static final int KEYS_A_STATEMENT = 1000;

    private final Trino trino;
    private final Snapshots snapshots;

    EnergyComparison(Trino trino, Snapshots snapshots) {
        this.trino = trino;
        this.snapshots = snapshots;
    }

    /** @param before the earlier one */
    EnergyDiff compare(EnergyState before, EnergyState after, Days period) {
        boolean sameReadings = before.sameReadingsAs(after);
        List<LocalDate> days = sameReadings ? changedDays(before.snapshot(), after.snapshot(), period) : List.of();
        if (days.isEmpty() && before.sameQueriesAs(after)) {
            return EnergyDiff.NONE;
        }
        SortedMap<Channel, List<IntervalChange>> intervals = new TreeMap<>();
        if (!sameReadings || !days.isEmpty()) {
            IntervalChanges read = new IntervalChanges();
            trino.run(IntervalDiffSql.intervals(before, after, period, days), read);
            intervals = read.byChannel();
        }
        Settlement settlement = new Settlement();
        trino.run(EnergyDiffSql.days(before, after, period), settlement);
        Set<ChannelDay> without = new HashSet<>();
        intervals.forEach((channel, changes) -> changes.forEach(change -> {
            ChannelDay day = channel.on(change.day());
            if (!settlement.partners.containsKey(day)) {
                without.add(day);
            }
        }));
        // Differences that cancel each other out within a day leave the day as it was.
        List<ChannelDay> unchanged = List.copyOf(without);
        for (int from = 0; from < unchanged.size(); from += KEYS_A_STATEMENT) {
            List<ChannelDay> batch = unchanged.subList(from, Math.min(unchanged.size(), from + KEYS_A_STATEMENT));
            trino.run(EnergyDiffSql.partners(after, period, batch), settlement.unchangedDays());
        }
        return settlement.with(intervals);
    }

    /** The days of the period whose files of readings are not the same in both snapshots. */
    private List<LocalDate> changedDays(Snapshot before, Snapshot after, Days period) {
        Map<String, Set<String>> earlier = files(before);
        Map<String, Set<String>> later = files(after);
        Set<String> partitions = new TreeSet<>(earlier.keySet());
        partitions.addAll(later.keySet());
        return partitions.stream()
                .filter(partition ->
                        !earlier.getOrDefault(partition, Set.of()).equals(later.getOrDefault(partition, Set.of())))
                .map(partition -> LocalDate.parse(partition.substring(DAY.length())))
                .filter(period::contains)
                .toList();
    }

    private Map<String, Set<String>> files(Snapshot snapshot) {
        return snapshots.files(snapshot, READINGS).stream()
                .collect(Collectors.groupingBy(
                        PinnedFile::partition, Collectors.mapping(PinnedFile::fileName, Collectors.toSet())));
    }

    /** A channel of a meter and where its energy flows. */
    record Channel(String meterId, String channel, String flowDirection) implements Comparable<Channel> {
        ChannelDay on(LocalDate day) {
            return new ChannelDay(meterId, channel, flowDirection, day);
        }

        @Override
        public int compareTo(Channel other) {
            int byMeter = meterId.compareTo(other.meterId);
            int byChannel = byMeter != 0 ? byMeter : channel.compareTo(other.channel);
            return byChannel != 0 ? byChannel : flowDirection.compareTo(other.flowDirection);
        }
    }

    /** A channel as far as it is settled with one partner. */
    private record Settled(String partnerId, Channel channel) implements Comparable<Settled> {
        @Override
        public int compareTo(Settled other) {
            int byPartner = partnerId.compareTo(other.partnerId);
            return byPartner != 0 ? byPartner : channel.compareTo(other.channel);
        }
    }

    /** Energy before and after. */
    private record Sums(BigDecimal before, BigDecimal after) {}

    /** Takes the days that differ, and puts the intervals to those who are settled for them. */
    private static final class Settlement implements RowSink {
        private final SortedMap<Settled, Sums> channels = new TreeMap<>();
        private final Map<List<String>, Sums> partnerSums = new LinkedHashMap<>();
        private final Map<ChannelDay, String> partners = new LinkedHashMap<>();

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(List<@Nullable Object> row) {
            Values values = new Values(row);
            String partner = values.text(0);
            Channel channel = new Channel(values.text(1), values.text(2), values.text(3));
            ChannelDay day = channel.on(values.day(4));
            // Whoever has the day afterwards is settled for what changed in it; if nobody has, who had it before.
            if (values.number(6).isPresent()) {
                partners.put(day, partner);
            } else {
                partners.putIfAbsent(day, partner);
            }
            channels.put(
                    new Settled(partner, channel),
                    new Sums(values.number(7).orElseThrow(), values.number(8).orElseThrow()));
            partnerSums.put(
                    List.of(partner, channel.flowDirection()),
                    new Sums(values.number(9).orElseThrow(), values.number(10).orElseThrow()));
        }

        /** Takes days that don't differ as a whole. */
        RowSink unchangedDays() {
            return new RowSink() {
                @Override
                public void columns(List<Column> columns) {}

                @Override
                public void row(List<@Nullable Object> row) {
                    Values values = new Values(row);
                    Channel channel = new Channel(values.text(1), values.text(2), values.text(3));
                    BigDecimal energy = values.number(5).orElse(BigDecimal.ZERO);
                    partners.put(channel.on(values.day(4)), values.text(0));
                    channels.putIfAbsent(new Settled(values.text(0), channel), new Sums(energy, energy));
                    BigDecimal ofPartner = values.number(6).orElse(BigDecimal.ZERO);
                    partnerSums.putIfAbsent(
                            List.of(values.text(0), channel.flowDirection()), new Sums(ofPartner, ofPartner));
                }
            };
        }

        EnergyDiff with(Map<Channel, List<IntervalChange>> intervals) {
            Map<Settled, List<IntervalChange>> settled = new TreeMap<>();
            intervals.forEach((channel, changes) -> changes.forEach(change -> {
                Optional<String> partner = Optional.ofNullable(partners.get(channel.on(change.day())));
                // Readings that no detail counts, such as those of a meter without a contract where the models drop it.
                partner.ifPresent(id -> settled.computeIfAbsent(new Settled(id, channel), key -> new ArrayList<>())
                        .add(change));
            }));
            List<MeterChange> meters = new ArrayList<>();
            channels.forEach((key, sums) -> {
                List<IntervalChange> changes = settled.getOrDefault(key, List.of());
                meters.add(new MeterChange(
                        key.partnerId(),
                        key.channel().meterId(),
                        key.channel().channel(),
                        key.channel().flowDirection(),
                        sums.before(),
                        sums.after(),
                        sum(changes),
                        changes));
            });
            List<PartnerChange> changed = new ArrayList<>();
            partnerSums.forEach(
                    (key, sums) -> changed.add(new PartnerChange(key.get(0), key.get(1), sums.before(), sums.after())));
            changed.sort(java.util.Comparator.comparing(PartnerChange::partnerId)
                    .thenComparing(PartnerChange::flowDirection));
            return new EnergyDiff(changed, meters);
        }

        private static BigDecimal sum(Collection<IntervalChange> changes) {
            return changes.stream().map(IntervalChange::differenceKwh).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
