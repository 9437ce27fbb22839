package io.meterlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.error.MeterlakeException;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints what became of files: as text each when it is done, as JSON all at the end. An output that fails holds no file
 * up; it is told at the end. Used by the ingest's thread only.
 */
final class IngestOutput implements IngestListener {
    private final Console console;
    private final IngestCommand.Output format;
    private final IngestProgress progress;
    private final IngestStages stages;
    private final List<IngestOutcome> outcomes = new ArrayList<>();
    private @Nullable MeterlakeException notWritten;

    IngestOutput(Console console, IngestCommand.Output format, InstantSource clock) {
        this.console = console;
        this.format = format;
        this.progress = new IngestProgress(console);
        this.stages = new IngestStages(this, clock);
    }

    /** What the ingest is to tell: measures its stages for the JSON, and passes on what it is told. */
    IngestListener stages() {
        return stages;
    }

    /** Of the files that are done. */
    List<IngestOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    @Override
    public void started(Path file, long sizeBytes) {
        progress.started(file, sizeBytes);
    }

    @Override
    public void read(Path file, long bytes, long rows) {
        progress.read(file, bytes, rows);
    }

    @Override
    public void written(Path file, int filesWritten, int filesToWrite) {
        progress.written(file, filesWritten, filesToWrite);
    }

    @Override
    public void finished(IngestOutcome outcome) {
        progress.clear();
        outcomes.add(outcome);
        if (format == IngestCommand.Output.TEXT) {
            try {
                IngestText.lines(outcome).forEach(console.out()::println);
            } catch (MeterlakeException e) {
                notWritten = e;
            }
        }
    }

    /**
     * Ends the output of an ingest in which nothing failed.
     *
     * @throws MeterlakeException {@code RESULT_NOT_WRITTEN}
     */
    void complete() {
        try {
            if (format == IngestCommand.Output.JSON) {
                console.out().println(json());
            }
        } catch (MeterlakeException e) {
            notWritten = e;
        }
        // The files are in, and who reads no further knows enough.
        if (notWritten != null && notWritten.code() != CliErrorCode.READER_GONE) {
            throw notWritten;
        }
    }

    /** Ends the output of one that failed, and gives the exit status. */
    int failed(RuntimeException failure, boolean debug) {
        progress.clear();
        return new FailureReport(console, debug).show(failure, format == IngestCommand.Output.JSON ? document() : null);
    }

    private Map<String, Object> document() {
        return Map.of(
                "files",
                outcomes.stream()
                        .map(outcome -> IngestCommand.document(outcome, stages))
                        .toList());
    }

    private String json() {
        try {
            return new ObjectMapper().writeValueAsString(document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }
}
