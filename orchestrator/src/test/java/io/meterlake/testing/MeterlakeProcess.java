package io.meterlake.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, for what only a process has: its streams, signals and locale. */
public final class MeterlakeProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path err;

    private MeterlakeProcess(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    /** With stdout as a pipe. */
    public static MeterlakeProcess start(Path folder, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        return start(folder, ProcessBuilder.Redirect.PIPE, jvmOptions, arguments);
    }

    /** With stdout going elsewhere. */
    public static MeterlakeProcess start(
            Path folder, ProcessBuilder.Redirect out, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        line.addAll(jvmOptions);
        line.addAll(List.of("-cp", classPath(), "io.meterlake.cli.Meterlake"));
        line.addAll(arguments);
        Path err = Files.createTempFile(folder, "stderr", ".txt");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(err.toFile())
                .start();
        return new MeterlakeProcess(process, err);
    }

    /** Surefire puts the class path into a jar's manifest, and this property has what is meant. */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        return tests == null ? System.getProperty("java.class.path").replace(";", File.pathSeparator) : tests;
    }

    public Process process() {
        return process;
    }

    /** What it printed on stdout, until its end. */
    public String out() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What it has printed on stderr so far. */
    public String err() throws IOException {
        return Files.readString(err);
    }

    /** Waits for its end. */
    public int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the command does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
