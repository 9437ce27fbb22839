package io.meterlake.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock in an object store. Who has it gives a sign of life every few seconds by changing its object; who wants it
 * takes it over if there was no sign for as long as a lock lasts, by its own measure of time: the clocks of two machines
 * are never compared. So a killed process's lock is free again after {@link Lease#LASTS}.
 */
record LeaseLock(LeaseObject object) implements ProcessLock {
    private static final Duration LOOK = Duration.ofMillis(300);

    /** What looking at a lock that somebody has came to. */
    enum State {
        FREE,
        ALIVE,
        SILENT
    }

    @Override
    public Optional<HeldLock> tryTake() throws IOException, InterruptedException {
        LeaseText mine = LeaseText.fresh();
        long making = System.nanoTime();
        Optional<String> made = object.make(mine);
        if (made.isPresent()) {
            return Optional.of(Lease.begin(object, mine, made.get(), making));
        }
        Watched watched = watch(object);
        if (watched.state == State.ALIVE) {
            return Optional.empty();
        }
        long taking = System.nanoTime();
        Optional<String> taken = watched.seen.isEmpty()
                ? object.make(mine)
                : object.replace(watched.seen.get().mark(), mine);
        return taken.map(mark -> Lease.begin(object, mine, mark, taking));
    }

    /**
     * @param seen the object when the state was decided; empty if there is none
     */
    record Watched(State state, Optional<LeaseObject.Seen> seen) {}

    /** Looks until there is a sign of life, the lock is free, or it was silent for too long. */
    static Watched watch(LeaseObject object) throws IOException, InterruptedException {
        Optional<LeaseObject.Seen> first = object.read();
        long since = System.nanoTime();
        Optional<LeaseObject.Seen> seen = first;
        while (seen.isPresent() && !LeaseText.parse(seen.get().text()).free()) {
            if (!seen.equals(first)) {
                return new Watched(State.ALIVE, seen);
            }
            if (System.nanoTime() - since >= Lease.LASTS.toNanos()) {
                return new Watched(State.SILENT, seen);
            }
            Thread.sleep(LOOK);
            seen = object.read();
        }
        return new Watched(State.FREE, seen);
    }

    @Override
    public Duration pause() {
        return LOOK;
    }

    @Override
    public String holder() {
        try {
            return object.read()
                    .map(seen -> LeaseText.parse(seen.text()).shortOwner())
                    .orElse("another process");
        } catch (IOException e) {
            return "another process";
        }
    }
}
