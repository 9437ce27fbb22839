package io.meterlake.format.espi;

import io.meterlake.format.espi.FeedIndex.Meter;
import io.meterlake.format.espi.Meaning.Known;
import java.util.Collection;
import java.util.HashMap;
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
        channels.forEach((meter, channel) -> {
            boolean overlaps = channels.keySet().stream()
                    .anyMatch(other -> other != meter && meter.from < other.to && other.from < meter.to);
            if (overlaps) {
                meanings.put(
                        meter,
                        Meaning.refused(
                                "MeterReading",
                                "another MeterReading gives channel %s of usage point %s for the same time"
                                        .formatted(channel.name(), channel.meterId()),
                                "Ask the sender which of them is the energy of the usage point, or for a usage point"
                                        + " for each meter."));
            }
        });
    }
}
