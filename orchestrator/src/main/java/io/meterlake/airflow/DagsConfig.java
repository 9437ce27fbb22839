package io.meterlake.airflow;

import static io.meterlake.airflow.AirflowErrorCode.NO_DAGS_CONFIG;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The configuration of the DAGs: {@code meterlake-dags.yml} beside them unless the environment names another file. */
final class DagsConfig {
    private static final String NAME = "meterlake-dags.yml";
    private static final String EXAMPLE = "meterlake-dags.example.yml";

    private DagsConfig() {}

    /**
     * The file, absolute. Where there is none, the example becomes one if it is true here: for the files of the demo.
     *
     * @param named what the environment names; empty for none
     * @param dags the folder {@code airflow-dags}
     * @param project the folder of {@code meterlake.yml}
     * @throws MeterlakeException {@code NO_DAGS_CONFIG}
     */
    static Path of(String named, Path dags, Path project, Consumer<String> listener) {
        if (!named.isBlank()) {
            Path file = Path.of(named).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file)) {
                throw new MeterlakeException(
                        NO_DAGS_CONFIG,
                        "Cannot start Airflow: %s names the file %s, which is not there"
                                .formatted(AirflowVariables.DAGS_CONFIG, file),
                        "Correct it, or unset it for %s.".formatted(dags.resolve(NAME)));
            }
            return file;
        }
        Path file = dags.resolve(NAME);
        if (Files.isRegularFile(file)) {
            return file;
        }
        boolean isDemos =
                project.equals(dags.getParent()) && Files.isDirectory(project.resolve(".meterlake/demo/landing"));
        if (!isDemos) {
            throw new MeterlakeException(
                    NO_DAGS_CONFIG,
                    "Cannot start Airflow: the DAGs have no configuration %s".formatted(file),
                    "Copy %s there and set it for your utilities and your lake. For a look, run `./meterlake demo` first:"
                                    .formatted(dags.resolve(EXAMPLE))
                            + " its files are what the example names.");
        }
        try {
            Files.copy(dags.resolve(EXAMPLE), file);
        } catch (IOException e) {
            throw AirflowFiles.failure("copy the example to " + file, e);
        }
        listener.accept("Made " + file + " from the example, for the files of the demo; set it for your own utilities");
        return file;
    }
}
