package io.meterlake.format.espi;

import io.meterlake.format.espi.FeedIndex.Meter;
import io.meterlake.format.espi.Meaning.Known;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Finds the MeterReadings of a usage point that would be one channel. A daily total beside the quarter hours measures
 * the same energy again, and would overwrite the first quarter of each day: the longer intervals get a channel of their
 * own ({@code import/1440min}). Where even the lengths are the same, the periods must be apart.
 */
final class ChannelConflicts {
    private final Map<Meter, Meaning> meanings;

    ChannelConflicts(Map<Meter, Meaning> meanings) {
        this.meanings = meanings;
    }

    void resolve() {
        byChannel().forEach(this::nameByLength);
        byChannel().forEach(this::refuseOverlaps);
    }

    private Collection<Map<Meter, Channel>> byChannel() {
        Map<String, Map<Meter, Channel>> groups = new HashMap<>();
        meanings.forEach((meter, meaning) -> {
            if (meaning instanceof Known known) {
                Channel channel = known.channel();
                groups.computeIfAbsent(channel.meterId() + "\n" + channel.name(), key -> new HashMap<>())
                        .put(meter, channel);
            }
        });
        return groups.values();
    }

    private void nameByLength(Map<Meter, Channel> channels) {
        OptionalLong finest = channels.values().stream()
                .map(Channel::intervalSeconds)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
        channels.forEach((meter, channel) -> {
            OptionalLong length = channel.intervalSeconds();
            if (length.isPresent() && length.getAsLong() > finest.orElseThrow()) {
                String name = channel.name() + "/" + length.getAsLong() / 60 + "min";
                meanings.put(meter, new Known(channel.named(name)));
            }
        });
    }

    private void refuseOverlaps(Map<Meter, Channel> channels) {
        List<Meter> byStart = new ArrayList<>(channels.keySet());
        byStart.sort(Comparator.comparingLong(meter -> meter.from));
        Meter latest = byStart.get(0);
        for (Meter meter : byStart.subList(1, byStart.size())) {
            if (meter.from < latest.to) {
                refuse(meter, channels);
                refuse(latest, channels);
            }
            latest = meter.to > latest.to ? meter : latest;
        }
    }

    private void refuse(Meter meter, Map<Meter, Channel> channels) {
        Channel channel = channels.get(meter);
        if (channel != null) {
            meanings.put(
                    meter,
                    Meaning.refused(
                            "MeterReading",
                            "another MeterReading gives channel %s of usage point %s for the same time"
                                    .formatted(channel.name(), channel.meterId()),
                            "Ask the sender which of them is the energy of the usage point, or for a usage point for"
                                    + " each meter."));
        }
    }
}
