package io.meterlake.writer.validate.plausibility;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What rules need to know of meters that a file does not say.
 *
 * @param byId by the metering point's id, as files write it
 */
public record KnownMeters(Map<String, Meter> byId) {
    /** Of no meter is anything known. */
    public static final KnownMeters NONE = new KnownMeters(Map.of());

    /**
     * A meter.
     *
     * @param meterClass such as {@code household}
     * @param fuseKilowatts the power that its fuse lets through
     */
    public record Meter(Optional<String> meterClass, Optional<BigDecimal> fuseKilowatts) {
        public Meter {
            requireNonNull(meterClass, "meterClass is null");
            requireNonNull(fuseKilowatts, "fuseKilowatts is null");
        }
    }

    public KnownMeters {
        byId = Map.copyOf(byId);
    }

    Optional<Meter> of(String meterId) {
        return Optional.ofNullable(byId.get(meterId));
    }
}
