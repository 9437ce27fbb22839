package io.meterlake.writer.validate;

import io.meterlake.reading.Series;
import io.meterlake.writer.upsert.ChannelZones;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** A channel stays in the zone in which the lake holds it: in another one an interval can be of another day. */
final class ZoneRule {
    private ZoneRule() {}

    /**
     * What is wrong with the zone of a series.
     *
     * @param known the zones in which the lake holds the channel
     */
    static Optional<IdRule.Fault> check(Series series, Collection<ZoneId> known) {
        if (series.zoneIsAssumed() && known.size() > 1) {
            return Optional.of(new IdRule.Fault(
                    "time_zone",
                    "%s is in several zones in the lake (%s), and this file says none"
                            .formatted(name(series), ids(known)),
                    "Add a column time_zone that says in which of them the reading is to be corrected"));
        }
        boolean isKnown =
                known.isEmpty() || known.stream().anyMatch(zone -> ChannelZones.sameDays(zone, series.marketZone()));
        return isKnown
                ? Optional.empty()
                : Optional.of(new IdRule.Fault(
                        "time_zone",
                        "%s is in zone %s in the lake, and this file says %s"
                                .formatted(name(series), ids(known), series.marketZone()),
                        "Correct the zone in the mapping, or send the readings without a zone; if the lake's zone is"
                                + " wrong, ingest the files into a new lake"));
    }

    /** That the lake holds an interval in another of the channel's zones. */
    static IdRule.Fault interval(Series series, Collection<ZoneId> known) {
        return new IdRule.Fault(
                "time_zone",
                "%s is in several zones in the lake (%s), and this interval is there in another one than %s"
                        .formatted(name(series), ids(known), series.marketZone()),
                "Correct the reading in the zone in which it is in the lake");
    }

    private static String name(Series series) {
        return "channel " + series.channel() + " of meter " + series.meterId();
    }

    private static String ids(Collection<ZoneId> zones) {
        return zones.stream().map(ZoneId::getId).sorted().collect(Collectors.joining(", "));
    }
}
