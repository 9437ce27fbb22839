package io.meterlake.devstack;

import static io.meterlake.devstack.DevStackErrorCode.STACK_NOT_STARTED;

import io.meterlake.devstack.child.Lifeline;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server's process.
 *
 * @param name the server's name in messages
 * @param handle the process
 * @param lifeline its standard input: it ends when this closes, unless it was let go
 * @param log where its output goes
 */
record ChildProcess(String name, ProcessHandle handle, OutputStream lifeline, Path log) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Variables by which a Hadoop or Hive that is installed here would reach into ours. */
    private static final Set<String> FOREIGN_SETTINGS = Set.of(
            "HADOOP_CONF_DIR", "HADOOP_HOME", "HIVE_CONF_DIR", "HIVE_HOME", "METASTORE_CONF_DIR", "METASTORE_HOME");

    /**
     * What to run.
     *
     * @param options the JVM's options
     * @param folder the working folder
     * @param environment variables that it gets beside ours; the place for secrets, as others see a command line
     */
    record Command(
            String name,
            List<String> options,
            String classPath,
            String mainClass,
            List<String> arguments,
            Path folder,
            Map<String, String> environment) {
        Command {
            options = List.copyOf(options);
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        /** Without the variables, which may be secrets. */
        @Override
        public String toString() {
            return "%s in %s: %s %s".formatted(name, folder, mainClass, arguments);
        }

        /** Without variables of its own. */
        Command(
                String name,
                List<String> options,
                String classPath,
                String mainClass,
                List<String> arguments,
                Path folder) {
            this(name, options, classPath, mainClass, arguments, folder, Map.of());
        }
    }

    static ChildProcess start(Command command, Lifetime lifetime, Path log) {
        List<String> line = new ArrayList<>();
        if (lifetime == Lifetime.DETACHED && Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // Out of the terminal's process group, so that a Ctrl-C meant for a command does not reach the stack.
            line.add("/usr/bin/setsid");
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(command.options());
        line.add("-cp");
        line.add(command.classPath());
        line.add(command.mainClass());
        line.addAll(command.arguments());
        try {
            Files.createDirectories(command.folder());
            Files.createDirectories(log.getParent());
            ProcessLog.keepEarlier(log);
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(command.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeAll(FOREIGN_SETTINGS);
            // Ours are the command's, passwords among them.
            builder.environment().keySet().removeIf(name -> name.startsWith("METERLAKE_"));
            builder.environment().put("NO_COLOR", "1");
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            return new ChildProcess(command.name(), process.toHandle(), process.getOutputStream(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.name(), e);
        }
    }

    /** Folders first, then the classes of {@code child}, then jars. */
    static String classPath(List<Path> jars, List<Path> folders) {
        return Stream.of(folders, List.of(ownClasses()), jars)
                .flatMap(List::stream)
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static Path ownClasses() {
        try {
            return Path.of(ChildProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a code source is a URI", e);
        }
    }

    /** A process that another one started. */
    static ChildProcess found(String name, ProcessHandle handle, Path log) {
        return new ChildProcess(name, handle, OutputStream.nullOutputStream(), log);
    }

    /** Lets it outlive this process. */
    void letGo() {
        try (lifeline) {
            lifeline.write(Lifeline.LET_GO);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot let go of " + name, e);
        }
    }

    /** Asks it to end, waits, and ends it by force. */
    void stop() {
        RecordedProcess.end(handle, PATIENCE);
    }

    MeterlakeException notStarted(String reason) {
        String end = ProcessLog.lastLines(log, line -> !line.stripLeading().startsWith("at "));
        return new MeterlakeException(
                STACK_NOT_STARTED,
                "Cannot start %s: %s; the end of its log says:%n%s".formatted(name, reason, end),
                "Read " + log + ", mend what it says, and start the stack again.");
    }
}
