package io.meterlake.log;

import io.meterlake.error.DidYouMean;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The logs of runs on disk, {@code <runs.path>/logs/<id>.jsonl}. Any number of processes read and write here at the same
 * time.
 */
public final class RunLogs {
    private final Path folder;
    private final int kept;

    /** @param kept how many logs of each command stay, the newest ones and the newest that succeeded; 0: all */
    public RunLogs(Path folder, int kept) {
        this.folder = folder.toAbsolutePath().normalize();
        this.kept = kept;
    }

    /**
     * Begins the log of a run, and deletes what is too old of those of the same command.
     *
     * @return empty if that cannot be done, which the warnings tell
     */
    public Optional<RunLog> begin(
            String command, List<String> arguments, InstantSource clock, Consumer<LogEvent> warnings) {
        try {
            RunLog log = RunLog.begin(folder, command, arguments, clock, warnings);
            prune(command.replace(' ', '-'), warnings);
            return Optional.of(log);
        } catch (IOException e) {
            warnings.accept(notKept(folder, FailedIo.reason(e)));
            return Optional.empty();
        }
    }

    static LogEvent notKept(Path folder, String reason) {
        return LogEvent.warning(
                "Cannot keep this command's log in %s: %s; the command goes on without".formatted(folder, reason));
    }

    /** All runs, the newest first. */
    public List<LoggedRun> all() {
        List<LoggedRun> runs = new ArrayList<>();
        for (String id : ids()) {
            runOf(id).ifPresent(runs::add);
        }
        return runs;
    }

    /** What a retry of a command goes on with: the newest run of it, or the one that its newest retry went on with. */
    public Optional<RetriedRun> unfinished(String command) {
        return all().stream()
                .filter(run -> run.status() != LoggedRun.Status.RUNNING)
                .filter(run -> RetriedRun.of(run).command().equals(command))
                .findFirst()
                .filter(run -> run.status() != LoggedRun.Status.OK)
                .map(RetriedRun::of);
    }

    /** For each command with a run that succeeded, the newest of them. */
    public Map<String, LoggedRun> lastSuccesses() {
        Map<String, LoggedRun> newest = new TreeMap<>();
        for (String id : ids()) {
            Optional<String> command = RunId.command(id);
            if (command.isPresent() && !newest.containsKey(command.get())) {
                runOf(id)
                        .filter(run -> run.status() == LoggedRun.Status.OK)
                        .ifPresent(run -> newest.put(command.get(), run));
            }
        }
        return newest;
    }

    /**
     * One run.
     *
     * @throws MeterlakeException {@code UNKNOWN_RUN}
     */
    public LoggedRun find(String id) {
        List<String> known = ids();
        return known.stream()
                .filter(id::equals)
                .findFirst()
                .flatMap(this::runOf)
                .orElseThrow(() -> new MeterlakeException(
                        LogErrorCode.UNKNOWN_RUN,
                        "Cannot show run %s: there is no log of it in %s%s"
                                .formatted(id, folder, DidYouMean.question(id, known)),
                        "See `./meterlake runs list`; old logs are deleted, as runs.logs-kept says."));
    }

    /** What a run said, the oldest first; of one that said very much, its last lines. */
    public List<LogLine> lines(LoggedRun run) {
        try {
            return LogLinesFile.readAll(folder, run.id());
        } catch (IOException e) {
            throw failure("read the log of run " + run.id(), e);
        }
    }

    /** The ids of all runs, the newest first. */
    private List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(LogLinesFile.SUFFIX) && !name.endsWith(LogLinesFile.EARLIER_SUFFIX))
                    .map(name -> name.substring(0, name.length() - LogLinesFile.SUFFIX.length()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw failure("list the logs in " + folder, e);
        }
    }

    private Optional<LoggedRun> runOf(String id) {
        try {
            // Before its lines: a run that ends in between has its last one then.
            boolean isHeld = RunLock.isHeld(folder, id);
            return Files.exists(LogLinesFile.of(folder, id))
                    ? Optional.of(LoggedRun.of(id, LogLinesFile.read(folder, id), isHeld))
                    : Optional.empty();
        } catch (IOException e) {
            throw failure("read the log of run " + id, e);
        }
    }

    private void prune(String command, Consumer<LogEvent> warnings) {
        if (kept == 0) {
            return;
        }
        try {
            List<String> ids = ids().stream()
                    .filter(id -> RunId.command(id).filter(command::equals).isPresent())
                    .toList();
            for (String id : old(ids)) {
                for (String suffix : List.of(LogLinesFile.EARLIER_SUFFIX, LogLinesFile.SUFFIX, RunLock.SUFFIX)) {
                    Files.deleteIfExists(folder.resolve(id + suffix));
                }
            }
        } catch (IOException e) {
            warnings.accept(LogEvent.warning("Cannot delete old logs in %s: %s".formatted(folder, FailedIo.reason(e))));
        }
    }

    /** Of a command's runs, the newest first, those that have had their time. */
    private List<String> old(List<String> ids) throws IOException {
        List<String> old = new ArrayList<>();
        if (ids.size() > kept) {
            boolean succeeded = ids.subList(0, kept).stream().anyMatch(this::isOk);
            for (String id : ids.subList(kept, ids.size())) {
                if (!succeeded && isOk(id)) {
                    succeeded = true;
                } else if (!RunLock.isHeld(folder, id)) {
                    old.add(id);
                }
            }
        }
        return old;
    }

    private boolean isOk(String id) {
        return runOf(id).filter(run -> run.status() == LoggedRun.Status.OK).isPresent();
    }

    private static MeterlakeException failure(String action, IOException cause) {
        return new MeterlakeException(
                LogErrorCode.LOG_FILES,
                "Cannot " + action + ": " + FailedIo.reason(cause),
                "Check that you may read the folder runs.path and all in it.",
                cause);
    }
}
