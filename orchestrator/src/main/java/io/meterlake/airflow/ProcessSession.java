package io.meterlake.airflow;

import io.meterlake.devstack.RecordedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a part started and left behind when it was killed: the scheduler's workers wait for ever for one that is gone. They
 * have the part's session, whose id is the part's process id. Known on Linux only; elsewhere nothing is found.
 */
final class ProcessSession {
    private static final Path PROCESSES = Path.of("/proc");

    /** Of the fields behind the name: state, parent, group, session. */
    private static final int SESSION = 3;

    private ProcessSession() {}

    /**
     * The processes of a session that live, without the one that began it.
     *
     * @param leader who began it; its id is free for others only when nobody of the session lives
     */
    static List<ProcessHandle> followers(RecordedProcess leader) {
        boolean isTaken =
                leader.process().isEmpty() && ProcessHandle.of(leader.pid()).isPresent();
        if (isTaken || !Files.isDirectory(PROCESSES)) {
            return List.of();
        }
        List<ProcessHandle> followers = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path one : all) {
                long pid = Long.parseLong(one.getFileName().toString());
                if (pid != leader.pid()
                        && session(one).filter(id -> id == leader.pid()).isPresent()) {
                    ProcessHandle.of(pid)
                            .filter(process ->
                                    !RecordedProcess.of(process).started().isBefore(leader.started()))
                            .ifPresent(followers::add);
                }
            }
        } catch (IOException e) {
            throw AirflowFiles.failure("look for processes in " + PROCESSES, e);
        }
        return followers;
    }

    private static Optional<Long> session(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name stands in brackets and may hold anything, brackets and spaces too.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(Long.parseLong(fields[SESSION]));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            // It has ended, or belongs to somebody else.
            return Optional.empty();
        }
    }
}
