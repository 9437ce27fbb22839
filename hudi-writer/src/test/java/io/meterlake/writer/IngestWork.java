package io.meterlake.writer;

import io.meterlake.lake.Lake;
import io.meterlake.testing.LakeProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Ingests files of {@link LineFormat}; the arguments are their paths, those that go together parted by a tab. A file
 * whose path stands behind {@link #RETRY} is read once more, and nothing in it is rejected.
 */
public final class IngestWork implements LakeProcess.Work {
    /** Parted from its path by nothing. */
    static final String RETRY = "retry:";

    @Override
    public void run(Lake lake, LakeProcess.Steps steps, List<String> arguments) {
        Ingest ingest = new Ingest(lake, new IngestListener() {
            @Override
            public void reached(Path file, IngestStep step) {
                steps.reached(step);
            }
        });
        arguments.forEach(files -> ingest.ingest(
                Arrays.stream(files.split("\t")).map(IngestWork::request).toList()));
    }

    private static IngestRequest request(String file) {
        return file.startsWith(RETRY)
                ? new IngestRequest(Path.of(file.substring(RETRY.length())), "", LineFormat.MENDED).retry()
                : new IngestRequest(Path.of(file), "", LineFormat.INSTANCE);
    }
}
