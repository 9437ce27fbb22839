package io.meterlake.writer;

import io.meterlake.lake.Lake;
import io.meterlake.testing.LakeProcess;
import java.nio.file.Path;
import java.util.List;

/** Ingests files of {@link LineFormat}, one after the other; the arguments are their paths. */
public final class IngestWork implements LakeProcess.Work {
    @Override
    public void run(Lake lake, LakeProcess.Steps steps, List<String> arguments) {
        Ingest ingest = new Ingest(lake, new IngestListener() {
            @Override
            public void reached(Path file, IngestStep step) {
                steps.reached(step);
            }
        });
        arguments.forEach(file -> ingest.ingest(new IngestRequest(Path.of(file), "", LineFormat.INSTANCE)));
    }
}
