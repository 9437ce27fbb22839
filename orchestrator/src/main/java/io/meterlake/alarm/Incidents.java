package io.meterlake.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.disk.DurableFile;
import io.meterlake.error.FailedIo;
import io.meterlake.json.JsonDocuments;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogSink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which incidents go on, in the file {@code <runs.path>/incidents.state}, so that each is told once: again only when it was
 * over in between. One that could not be sent is sent by the next command. Nothing here fails a command: what goes wrong
 * is a warning in its log. Processes take turns.
 */
public final class Incidents {
    /** Nobody says that it is over, as of a file that was rejected and never sent again. */
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

    private static final Object TURN = new Object();

    private final Path file;
    private final Optional<Webhook> hook;
    private final InstantSource clock;
    private final LogSink log;

    /**
     * @param folder where the state is kept
     * @param hook empty: nothing is sent
     */
    public Incidents(Path folder, Optional<Webhook> hook, InstantSource clock, LogSink log) {
        this.file = folder.resolve("incidents.state");
        this.hook = hook;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Notes what is found and what is over, and sends what nobody was told of yet.
     *
     * @param found what goes on
     * @param isOver of those that were found before
     * @return all that go on now, the oldest first; what was just found if the state cannot be kept
     */
    public List<OpenIncident> update(List<Incident> found, Predicate<OpenIncident> isOver) {
        synchronized (TURN) {
            try {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (FileChannel channel = FileChannel.open(
                                file.resolveSibling(".incidents.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    Objects.requireNonNull(lock);
                    List<OpenIncident> before = read();
                    List<OpenIncident> now = told(merged(before, found, isOver));
                    if (!now.equals(before)) {
                        DurableFile.write(file, JsonDocuments.document(now));
                    }
                    return now;
                }
            } catch (IOException e) {
                log.write(LogEvent.warning("Cannot keep which alarms were sent in %s: %s; none is sent"
                        .formatted(file, FailedIo.reason(e))));
                return found.stream()
                        .map(one -> new OpenIncident(one, clock.instant(), false))
                        .toList();
            }
        }
    }

    private List<OpenIncident> merged(List<OpenIncident> before, List<Incident> found, Predicate<OpenIncident> isOver) {
        Instant now = clock.instant();
        List<OpenIncident> merged = new ArrayList<>();
        for (OpenIncident open : before) {
            boolean again = found.stream().anyMatch(open.incident()::isSameAs);
            boolean forgotten = open.since().plus(FORGOTTEN_AFTER).isBefore(now);
            if (again || !(isOver.test(open) || forgotten)) {
                merged.add(open);
            }
        }
        for (Incident one : found) {
            if (merged.stream().noneMatch(open -> open.incident().isSameAs(one))) {
                merged.add(new OpenIncident(one, now, false));
            }
        }
        return merged;
    }

    /** A hook that hangs holds a command up once. */
    private List<OpenIncident> told(List<OpenIncident> all) {
        if (hook.isEmpty()) {
            return all;
        }
        List<OpenIncident> told = new ArrayList<>();
        boolean works = true;
        for (OpenIncident one : all) {
            boolean isTold = one.isTold();
            if (!isTold && works) {
                isTold = works = send(hook.get(), one.incident());
            }
            told.add(new OpenIncident(one.incident(), one.since(), isTold));
        }
        return told;
    }

    private boolean send(Webhook webhook, Incident incident) {
        try {
            webhook.send(incident.message());
            return true;
        } catch (IOException e) {
            log.write(LogEvent.warning("Cannot send the alarm %s to the webhook: %s; the next command tries again"
                    .formatted(incident.alarm().word(), e.getMessage())));
            return false;
        }
    }

    private List<OpenIncident> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return List.of(JsonDocuments.read(Files.readString(file), OpenIncident[].class));
        } catch (JsonProcessingException e) {
            log.write(LogEvent.warning("Cannot read which alarms were sent from %s: %s; some may be sent again"
                    .formatted(file, e.getOriginalMessage())));
            return List.of();
        }
    }
}
