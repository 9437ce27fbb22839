package io.meterlake.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A lock in an object store that this process has, and the thread that gives its signs of life. */
final class Lease implements HeldLock {
    /** How long a lock lasts without a sign of life, by the measure of who watches it. */
    static final Duration LASTS = Duration.ofSeconds(20);

    private static final Duration SIGN = Duration.ofSeconds(5);
    /** Earlier than a watcher does, its holder takes it for lost. */
    private static final Duration TRUSTED = LASTS.minus(SIGN);

    /** A store that is busy with the object may refuse a sign that it takes at once afterwards. */
    private static final int TRIALS = 3;

    private final LeaseObject object;
    private final Thread signs;
    private LeaseText text;
    private String mark;
    /** When the request was sent that last reached the store. */
    private volatile long lastSign;

    private volatile boolean lost;

    private Lease(LeaseObject object, LeaseText text, String mark, long since) {
        this.object = object;
        this.text = text;
        this.mark = mark;
        this.lastSign = since;
        this.signs = Thread.ofPlatform().daemon().name("lock " + object.key()).unstarted(this::giveSigns);
    }

    /** @param since the nanosecond at which the request was sent by which it was taken */
    static Lease begin(LeaseObject object, LeaseText text, String mark, long since) {
        Lease lease = new Lease(object, text, mark, since);
        lease.signs.start();
        return lease;
    }

    private void giveSigns() {
        try {
            while (!lost) {
                Thread.sleep(SIGN);
                giveSign();
            }
        } catch (InterruptedException e) {
            // It is given back.
            return;
        }
    }

    private synchronized void giveSign() {
        if (lost) {
            return;
        }
        long before = System.nanoTime();
        LeaseText next = text.nextSign();
        try {
            Optional<String> written = object.replace(mark, next.text());
            if (written.isEmpty()) {
                written = markIfWritten(next);
            }
            if (written.isPresent()) {
                text = next;
                mark = written.get();
                lastSign = before;
            }
        } catch (IOException e) {
            // The next sign may get through, as long as it is trusted.
            lost = !isTrusted();
        }
    }

    /**
     * The answer to a sign may have been lost on its way, and the sign not: then the store has its text. If it has the one
     * before, the store was busy, nothing was written, and the next sign is to tell. Else another one has the lock.
     */
    private Optional<String> markIfWritten(LeaseText next) throws IOException {
        Optional<LeaseObject.Seen> seen = object.read();
        if (seen.isPresent() && seen.get().text().equals(next.text())) {
            return Optional.of(seen.get().mark());
        }
        if (seen.isPresent() && seen.get().text().equals(text.text())) {
            mark = seen.get().mark();
        } else {
            lost = true;
        }
        return Optional.empty();
    }

    private Optional<String> markIfOurs() throws IOException {
        return object.read()
                .filter(seen -> {
                    LeaseText found = LeaseText.parse(seen.text());
                    return !found.free() && found.owner().equals(text.owner());
                })
                .map(LeaseObject.Seen::mark);
    }

    private boolean isTrusted() {
        return System.nanoTime() - lastSign < TRUSTED.toNanos();
    }

    /**
     * Asks the store, by a sign of life: the clock of a machine that slept may have stood still with it, so that time alone
     * does not tell.
     */
    @Override
    public boolean isStillHeld() {
        long before = lastSign;
        for (int trial = 0; trial < TRIALS && lastSign == before && !lost; trial++) {
            giveSign();
        }
        return !lost && lastSign != before && isTrusted();
    }

    /** If the store does not hear of it, the lock lasts as that of a killed process does. */
    @Override
    public void release() throws IOException {
        signs.interrupt();
        synchronized (this) {
            if (!lost) {
                lost = true;
                if (object.replace(mark, text.given().text()).isEmpty()) {
                    Optional<String> ours = markIfOurs();
                    if (ours.isPresent()) {
                        object.replace(ours.get(), text.given().text());
                    }
                }
            }
        }
    }
}
