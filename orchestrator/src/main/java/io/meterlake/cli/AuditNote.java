package io.meterlake.cli;

import io.meterlake.audit.AuditEntry;
import io.meterlake.audit.AuditEntry.Event;
import io.meterlake.audit.AuditTrail;
import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.log.Field;
import io.meterlake.log.LogEvent;
import io.meterlake.log.LogLevel;
import io.meterlake.log.LogSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down one command in the audit trail. Listens to what it says for what it has to do with and what goes wrong.
 * Thread-safe.
 */
final class AuditNote implements LogSink {
    /** Kept by the kernel; to ask the network for the machine's own name may take seconds. */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** An ingest that watches a folder takes in files for months. */
    private static final int MOST_OBJECTS = 500;

    private static final Map<Field, String> OBJECTS = Map.of(
            Field.TABLE, "table",
            Field.FILE, "file",
            Field.SNAPSHOT, "snapshot",
            Field.REPORT, "report");

    private final AuditTrail trail;
    private final InstantSource clock;
    private final String user;
    private final String command;
    private final List<String> arguments;
    private final Set<String> objects = new TreeSet<>();
    private boolean isMore;
    private long rowsRejected;
    private @Nullable LogEvent firstError;

    private AuditNote(AuditTrail trail, InstantSource clock, String user, String command, List<String> arguments) {
        this.trail = trail;
        this.clock = clock;
        this.user = user;
        this.command = command;
        this.arguments = arguments;
    }

    /**
     * For one command.
     *
     * @param config empty if it cannot be read, which is one reason to refuse a command; that goes into the trail that is in
     *     the working folder, if there is one
     * @param command its words, as {@code report sign}
     * @param arguments the whole command line, without secrets
     */
    static Optional<AuditNote> of(
            Optional<Config> config, CommandContext context, String command, List<String> arguments) {
        if (config.isPresent()) {
            String user = config.get().text(Setting.TRINO_USER);
            return Optional.of(new AuditNote(trail(config.get()), context.clock(), user, command, arguments));
        }
        Path usual = context.folder().resolve(Setting.AUDIT_PATH.defaultValue());
        return Files.isDirectory(usual)
                ? Optional.of(new AuditNote(new AuditTrail(usual), context.clock(), "", command, arguments))
                : Optional.empty();
    }

    static AuditTrail trail(Config config) {
        return new AuditTrail(config.path(Setting.AUDIT_PATH));
    }

    @Override
    public synchronized void write(LogEvent event) {
        OBJECTS.forEach((field, kind) -> event.text(field).ifPresent(name -> add(kind + " " + name)));
        if (event.fields().get(Field.ROWS_REJECTED) instanceof Number rejected) {
            rowsRejected += rejected.longValue();
        }
        if (event.level() == LogLevel.ERROR && firstError == null) {
            firstError = event;
        }
    }

    private void add(String object) {
        if (objects.size() < MOST_OBJECTS) {
            objects.add(object);
        } else if (!objects.contains(object)) {
            isMore = true;
        }
    }

    private List<String> objects() {
        return isMore
                ? Stream.concat(objects.stream(), Stream.of("and more, which the log of the run names"))
                        .toList()
                : List.copyOf(objects);
    }

    /** @throws io.meterlake.error.MeterlakeException {@code AUDIT_NOT_WRITTEN} */
    void began() {
        append(Event.BEGAN, null);
    }

    /** @throws io.meterlake.error.MeterlakeException {@code AUDIT_NOT_WRITTEN} */
    synchronized void ended(int exitCode) {
        append(Event.ENDED, exitCode);
    }

    private void append(Event event, @Nullable Integer exitCode) {
        LogEvent failure = exitCode == null || exitCode == 0 ? null : firstError;
        ProcessHandle process = ProcessHandle.current();
        trail.append(new AuditEntry(
                0,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                event,
                // Not a property or a variable, which anybody can set.
                process.info().user().orElse("unknown"),
                host(),
                process.pid(),
                user,
                command,
                arguments,
                exitCode,
                failure == null ? null : failure.text(Field.CODE).orElse(null),
                failure == null ? null : failure.message(),
                rowsRejected,
                objects(),
                ""));
    }

    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
        }
    }
}
