package io.meterlake.devstack;

import io.meterlake.error.FailedIo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The files into which started processes write what they say. */
public final class ProcessLog {
    private static final int LINES = 12;

    private ProcessLog() {}

    /**
     * Moves a log aside before a process starts anew: what the last one said is wanted most after it crashed.
     *
     * @throws IOException if it cannot be moved
     */
    public static void keepEarlier(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * The end of a log, indented; if it cannot be read, the reason.
     *
     * @param wanted which lines count
     */
    public static String lastLines(Path log, Predicate<String> wanted) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(wanted)
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .map(line -> "  " + line)
                    .collect(Collectors.joining(System.lineSeparator()));
        } catch (IOException e) {
            return "  (no log: " + FailedIo.reason(e) + ")";
        }
    }
}
