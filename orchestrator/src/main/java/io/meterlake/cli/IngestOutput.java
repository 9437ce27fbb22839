package io.meterlake.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CompletedInstant;
import io.meterlake.writer.IngestListener;
import io.meterlake.writer.IngestOutcome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints what became of files: as text each when it is done, as JSON all at the end, or a line each where there is no
 * end. An output that fails holds no file up; it is told at the end. Used by the ingest's thread only.
 */
final class IngestOutput implements IngestListener {
    private final Console console;
    private final TextOrJson format;
    private final IngestProgress progress;
    private final IngestStages stages;
    private final List<IngestOutcome> outcomes = new ArrayList<>();
    private final boolean endless;
    private long finishedFiles;
    private int toldOfCommit;
    private @Nullable MeterlakeException notWritten;

    /** For an ingest of some files. */
    static IngestOutput of(Console console, TextOrJson format, InstantSource clock) {
        return new IngestOutput(console, format, clock, false);
    }

    /** For one that goes on and on. */
    static IngestOutput endless(Console console, TextOrJson format, InstantSource clock) {
        return new IngestOutput(console, format, clock, true);
    }

    private IngestOutput(Console console, TextOrJson format, InstantSource clock, boolean endless) {
        this.endless = endless;
        this.console = console;
        this.format = format;
        this.progress = new IngestProgress(console);
        this.stages = new IngestStages(this, clock);
    }

    /** What the ingest is to tell: measures its stages for the JSON, and passes on what it is told. */
    IngestListener stages() {
        return stages;
    }

    /** Of the files that are done; empty if there is no end. */
    List<IngestOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** How many files are done. */
    long finishedFiles() {
        return finishedFiles;
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
    public void written(List<Path> files, int filesWritten, int filesToWrite) {
        progress.written(files, filesWritten, filesToWrite);
    }

    @Override
    public void finished(IngestOutcome outcome) {
        progress.clear();
        finishedFiles++;
        new Told(console.log()).file(outcome);
        if (!endless) {
            outcomes.add(outcome);
        }
        try {
            if (format == TextOrJson.TEXT) {
                IngestText.lines(outcome).forEach(console.out()::println);
                tellCommit(outcome);
            } else if (endless) {
                console.out().println(json(IngestCommand.document(outcome, stages)));
            }
        } catch (MeterlakeException e) {
            notWritten = e;
        }
        if (endless) {
            stages.forget(outcome.file());
        }
    }

    /** What the commit of several files wrote is told behind the last of them. */
    private void tellCommit(IngestOutcome outcome) {
        CompletedInstant commit = outcome.commit();
        int files = outcome.written().ofFiles();
        if (commit != null && files > 1 && ++toldOfCommit == files) {
            console.out().println(IngestText.together(commit, outcome.written()));
            toldOfCommit = 0;
        }
    }

    /**
     * Ends the output of an ingest in which nothing failed.
     *
     * @throws MeterlakeException {@code RESULT_NOT_WRITTEN}
     */
    void complete() {
        try {
            if (format == TextOrJson.JSON && !endless) {
                console.out().println(json(document()));
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
        return new FailureReport(console, debug).show(failure, format == TextOrJson.JSON ? document() : null);
    }

    private Map<String, Object> document() {
        return Map.of(
                "files",
                outcomes.stream()
                        .map(outcome -> IngestCommand.document(outcome, stages))
                        .toList());
    }

    private static String json(Map<String, Object> document) {
        try {
            return new ObjectMapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }
}
