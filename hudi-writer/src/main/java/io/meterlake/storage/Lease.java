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
            Optional<String> written = object.replace(mark, next);
            if (written.isPresent()) {
                text = next;
                mark = written.get();
                lastSign = before;
            } else {
                lost = !isUnchanged();
            }
        } catch (IOException e) {
            // The next sign may get through, as long as it is trusted.
            lost = !isTrusted();
        }
    }

    /**
     * Whether the object has what this process wrote last: then the store was busy with it, and the next sign is to tell. Else
     * another one has the lock.
     */
    private boolean isUnchanged() throws IOException {
        return object.read().filter(seen -> seen.text().equals(text.text())).isPresent();
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
                if (object.replace(mark, text.given()).isEmpty()) {
                    giveBackOurs();
                }
            }
        }
    }

    /** The last sign may have been cut off on its way here, and not on its way there. */
    private void giveBackOurs() throws IOException {
        Optional<LeaseObject.Seen> seen = object.read();
        if (seen.isPresent()) {
            LeaseText found = LeaseText.parse(seen.get().text());
            if (!found.free() && found.owner().equals(text.owner())) {
                object.replace(seen.get().mark(), found.given());
            }
        }
    }
}
