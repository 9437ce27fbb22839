package io.meterlake.writer.validate.plausibility;

import static java.util.Objects.requireNonNull;

import io.meterlake.reading.Series;
import java.util.Optional;
import java.util.Set;

/**
 * A limit, and for whom it holds. A reading beyond it is rejected.
 *
 * @param name what rejects and findings call it
 * @param utility only of files of this utility; empty: of all
 * @param meterClass only for meters of this class; empty: for all
 * @param channels only for these channels; none: for all
 */
public record PlausibilityRule(
        String name, Limit limit, Optional<String> utility, Optional<String> meterClass, Set<String> channels) {
    public PlausibilityRule {
        requireNonNull(name, "name is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(utility, "utility is null");
        requireNonNull(meterClass, "meterClass is null");
        channels = Set.copyOf(channels);
    }

    boolean isForUtility(String sender) {
        return utility.isEmpty() || utility.get().equals(sender);
    }

    boolean isFor(Series series, Optional<KnownMeters.Meter> meter) {
        return (channels.isEmpty() || channels.contains(series.channel()))
                && (meterClass.isEmpty() || meterClass.equals(meter.flatMap(KnownMeters.Meter::meterClass)));
    }
}
