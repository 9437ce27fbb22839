package io.meterlake.airflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A Python with {@code airflow-dags/requirements.txt}.
 *
 * @param python its interpreter
 */
record PythonEnvironment(Path python) {
    /** One that somebody made. */
    static PythonEnvironment at(Path python) {
        if (!Files.isExecutable(python)) {
            throw new MeterlakeException(
                    AirflowErrorCode.NO_PYTHON,
                    "Cannot start Airflow: %s is no program".formatted(python),
                    "Correct airflow.python, or leave it empty: Meterlake makes an environment of its own then.");
        }
        return new PythonEnvironment(python);
    }

    /**
     * The one that Meterlake makes itself, once for each state of the requirements.
     *
     * @param home where Meterlake is
     * @param listener hears what is being done
     */
    static PythonEnvironment made(Path home, Consumer<String> listener) {
        List<String> line = List.of(
                "bash",
                home.resolve(".mvn/python-environment.sh").toString(),
                "dags",
                home.resolve("airflow-dags/requirements.txt").toString());
        try {
            Process process = new ProcessBuilder(line).start();
            process.getOutputStream().close();
            try (BufferedReader messages = process.errorReader(UTF_8)) {
                messages.lines().forEach(listener);
            }
            String folder = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (waitFor(process) != 0) {
                throw new MeterlakeException(
                        AirflowErrorCode.NO_PYTHON,
                        "Cannot start Airflow: there is no Python environment for it, and none could be made",
                        "Mend what stands above, or name the python of one with airflow-dags/requirements.txt in"
                                + " airflow.python.");
            }
            return at(Path.of(folder, "bin", "python"));
        } catch (IOException e) {
            throw new MeterlakeException(
                    AirflowErrorCode.NO_PYTHON,
                    "Cannot make the Python environment of Airflow: " + FailedIo.reason(e),
                    "Install bash and Python 3.10 or later, or name a python in airflow.python.",
                    e);
        }
    }

    /** The words of one of Airflow's commands. */
    List<String> airflow(List<String> arguments) {
        return Stream.concat(Stream.of(python.toString(), "-m", "airflow"), arguments.stream())
                .toList();
    }

    /**
     * Runs a program of this Python to its end.
     *
     * @param log where its output goes
     */
    void run(String what, List<String> line, Map<String, String> environment, Path log) {
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            int status = waitFor(process);
            if (status != 0) {
                throw new MeterlakeException(
                        AirflowErrorCode.AIRFLOW_NOT_STARTED,
                        "Cannot %s: it ended with %d; the end of its log says:\n%s"
                                .formatted(what, status, AirflowFiles.lastLines(log)),
                        "Read " + log + ", mend what it says, and run `./meterlake airflow up` again.");
            }
        } catch (IOException e) {
            throw AirflowFiles.failure(what, e);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Airflow was starting", e);
        }
    }
}
