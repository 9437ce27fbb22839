package io.meterlake.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on by one step each time it is read, so that no two readings are equal. Thread-safe. */
public final class SteppingClock extends Clock {
    private final AtomicReference<Instant> next;
    private final Duration step;

    public SteppingClock(Instant start, Duration step) {
        this.next = new AtomicReference<>(start);
        this.step = step;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Meterlake asks clocks for instants only");
    }

    @Override
    public Instant instant() {
        return next.getAndUpdate(instant -> instant.plus(step));
    }
}
