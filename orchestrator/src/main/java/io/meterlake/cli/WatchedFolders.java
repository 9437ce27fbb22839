package io.meterlake.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which files of landing folders are complete: those whose size and time of change stayed the same for a while. A
 * file that was handed out comes again only when it changed, or when it was put off and its time has come. Not
 * thread-safe.
 */
final class WatchedFolders {
    private static final Duration FIRST_DELAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final Duration settle;
    private Map<Path, Watched> files = new HashMap<>();

    /** @param settle how long a file must not change before it is complete */
    WatchedFolders(Duration settle) {
        this.settle = settle;
    }

    /** A file as a look at the folders finds it. */
    record Seen(Path file, long sizeBytes, Instant changedAt) {}

    /**
     * @param due when it is handed out if it does not change before; empty: it was handed out
     * @param failures how often it was put off
     */
    private record Watched(Seen seen, Optional<Instant> due, int failures) {}

    /**
     * The files that are complete now and were not handed out before, in the order given.
     *
     * @param present all files that lie in the folders now; those that do not any more are forgotten
     */
    List<Path> complete(List<Seen> present, Instant now) {
        Map<Path, Watched> next = new HashMap<>();
        List<Path> complete = new ArrayList<>();
        for (Seen seen : present) {
            Watched before = files.get(seen.file());
            Watched watched = before != null && before.seen().equals(seen)
                    ? before
                    : new Watched(seen, Optional.of(now.plus(settle)), 0);
            if (watched.due().filter(due -> !due.isAfter(now)).isPresent()) {
                complete.add(seen.file());
                watched = new Watched(seen, Optional.empty(), watched.failures());
            }
            next.put(seen.file(), watched);
        }
        files = next;
        return complete;
    }

    /** A file that was handed out could not be read: it comes again, each time later, at most an hour. */
    void putOff(Path file, Instant now) {
        files.computeIfPresent(file, (_, watched) -> {
            Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(watched.failures(), 6));
            Duration capped = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
            return new Watched(watched.seen(), Optional.of(now.plus(capped)), watched.failures() + 1);
        });
    }

    /** Nothing came of a file that was handed out, through no fault of its own: it comes again at once. */
    void handBack(Path file, Instant now) {
        files.computeIfPresent(file, (_, watched) -> new Watched(watched.seen(), Optional.of(now), watched.failures()));
    }
}
