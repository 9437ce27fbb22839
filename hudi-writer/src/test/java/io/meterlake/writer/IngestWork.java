package io.meterlake.writer;

import io.meterlake.lake.Lake;
import io.meterlake.testing.LakeProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Ingests files of {@link LineFormat}; the arguments are their paths, those that go together parted by a tab. */
public final class IngestWork implements LakeProcess.Work {
    @Override
    public void run(Lake lake, LakeProcess.Steps steps, List<String> arguments) {
        Ingest ingest = new Ingest(lake, new IngestListener() {
            @Override
            public void reached(Path file, IngestStep step) {
                steps.reached(step);
            }
        });
        arguments.forEach(files -> ingest.ingest(Arrays.stream(files.split("\t"))
                .map(file -> new IngestRequest(Path.of(file), "", LineFormat.INSTANCE))
                .toList()));
    }
}
