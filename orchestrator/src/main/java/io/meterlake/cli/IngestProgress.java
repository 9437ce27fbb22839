package io.meterlake.cli;

import io.meterlake.writer.IngestListener;
import java.nio.file.Path;
import java.util.List;

/** One line that is drawn over and over on a terminal; nothing elsewhere. */
final class IngestProgress implements IngestListener {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private long sizeBytes;
    private int shownPercent = -1;

    IngestProgress(Console console) {
        this.console = console;
    }

    @Override
    public void started(Path file, long sizeBytes) {
        this.sizeBytes = sizeBytes;
        this.shownPercent = -1;
    }

    @Override
    public void read(Path file, long bytes, long rows) {
        int percent = sizeBytes == 0 ? 100 : (int) Math.min(100, bytes * 100 / sizeBytes);
        if (percent != shownPercent) {
            shownPercent = percent;
            show("%s: %d %% read, %d rows".formatted(file.getFileName(), percent, rows));
        }
    }

    @Override
    public void written(List<Path> files, int filesWritten, int filesToWrite) {
        Object what = files.size() == 1 ? files.getFirst().getFileName() : files.size() + " files";
        show("%s: %d of %d base files written".formatted(what, filesWritten, filesToWrite));
        if (filesWritten == filesToWrite) {
            show("");
        }
    }

    /** Leaves the line to others. */
    void clear() {
        show("");
    }

    private void show(String line) {
        if (console.errIsTerminal()) {
            console.err().print(CLEAR_LINE + line);
            console.err().flush();
        }
    }
}
