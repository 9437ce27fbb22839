package io.meterlake.project;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.MeterlakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collects what is wrong, so that one look shows all of it. Thread-safe. */
public final class Problems {
    /** One thing that is wrong, and where. */
    public record Problem(Location location, String message) implements Comparable<Problem> {
        @Override
        public int compareTo(Problem other) {
            int byPlace = location.compareTo(other.location);
            return byPlace != 0 ? byPlace : message.compareTo(other.message);
        }

        @Override
        public String toString() {
            return location + ": " + message;
        }
    }

    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> doubtful = new ArrayList<>();

    public synchronized void add(Location location, String message) {
        found.add(new Problem(location, message));
    }

    /** Adds what may be meant like that. */
    public synchronized void warn(Location location, String message) {
        doubtful.add(new Problem(location, message));
    }

    /** What may be meant like that, by place. */
    public synchronized List<Problem> warnings() {
        return doubtful.stream().distinct().sorted().toList();
    }

    public synchronized boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was found, by place. */
    public synchronized List<Problem> all() {
        return found.stream().distinct().sorted().toList();
    }

    /**
     * Throws if anything was found.
     *
     * @param action such as {@code Cannot load the SQL project}
     */
    public void throwIfAny(ErrorCode code, String action, String hint) {
        List<Problem> problems = all();
        if (problems.isEmpty()) {
            return;
        }
        if (problems.size() == 1) {
            throw new MeterlakeException(code, action + ": " + problems.getFirst(), hint);
        }
        String list = IntStream.range(0, problems.size())
                .mapToObj(i -> "%n  %d) %s".formatted(i + 1, problems.get(i)))
                .collect(Collectors.joining());
        throw new MeterlakeException(code, action + ": " + problems.size() + " problems" + list, hint);
    }
}
