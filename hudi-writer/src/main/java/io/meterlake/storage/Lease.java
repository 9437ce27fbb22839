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
        long before = System.nanoTime();
        LeaseText next = text.nextSign();
        try {
            Optional<String> written = object.replace(mark, next.text());
            if (written.isEmpty()) {
                written = markIfOurs();
            }
            if (written.isPresent()) {
                text = next;
                mark = written.get();
                lastSign = before;
            } else {
                lost = true;
            }
        } catch (IOException e) {
            // The next sign may get through, as long as it is trusted.
            lost = !isTrusted();
        }
    }

    /** The answer to the last sign may have been lost on its way, and the sign not. */
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

    @Override
    public boolean isStillHeld() {
        return !lost && isTrusted();
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
