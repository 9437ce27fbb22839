package io.meterlake.airflow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.meterlake.devstack.RecordedProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts a part in a session of its own, so that neither a Ctrl-C nor the end of the terminal reaches it. */
final class PartProcess {
    /**
     * Becomes the part, under the same process id, once it is told to. If the starter dies before it has written down the id,
     * there is nothing to read and nothing is started: a process that nobody would find again.
     */
    private static final String WAIT = """
            import os, sys
            os.setsid()
            if not os.read(0, 1): sys.exit(1)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
            """;

    private PartProcess() {}

    /**
     * Starts a part.
     *
     * @param environment what it has besides that of this process
     * @param log where its output goes
     * @param record writes down which process it is; only then the part begins
     */
    static void start(
            PythonEnvironment python,
            List<String> arguments,
            Map<String, String> environment,
            Path log,
            Consumer<RecordedProcess> record) {
        List<String> line = new ArrayList<>(List.of(python.python().toString(), "-c", WAIT, "-m", "airflow"));
        line.addAll(arguments);
        AirflowFiles.keepEarlier(log);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try (OutputStream go = process.getOutputStream()) {
                record.accept(RecordedProcess.of(process.toHandle()));
                go.write("!".getBytes(US_ASCII));
            }
        } catch (IOException e) {
            throw AirflowFiles.failure("start Airflow's " + arguments.getFirst(), e);
        }
    }
}
