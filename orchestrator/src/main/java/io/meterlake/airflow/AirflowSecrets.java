package io.meterlake.airflow;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What Airflow's parts prove to each other with, in a file that only its owner may read. Made once: with new ones at each
 * start, who is logged in would be no longer, and a part that starts again alone would not be believed.
 */
final class AirflowSecrets {
    /** Airflow's names for them, as environment variables. */
    static final List<String> NAMES = List.of("AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY");

    /** Makes them on the first call; Python's {@code secrets} draws from the operating system. */
    private static final String MAKE = """
            import os, secrets, sys
            file, names = sys.argv[1], sys.argv[2:]
            new = file + ".new"
            if os.path.exists(new): os.remove(new)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as text:
                text.writelines(f"{name}={secrets.token_hex(32)}\\n" for name in names)
                text.flush()
                os.fsync(text.fileno())
            os.rename(new, file)
            """;

    private AirflowSecrets() {}

    /** The secrets by name; makes them if one is missing. */
    static Map<String, String> of(AirflowFiles files, PythonEnvironment python) {
        Map<String, String> known = read(files.secrets());
        if (known.keySet().containsAll(NAMES)) {
            return known;
        }
        List<String> line = new ArrayList<>(
                List.of(python.python().toString(), "-c", MAKE, files.secrets().toString()));
        line.addAll(NAMES);
        python.run("make the secrets of Airflow", line, Map.of(), files.log("secrets"));
        return read(files.secrets());
    }

    private static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
            // Whatever it was changed to: a file that others may read holds no secrets.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw AirflowFiles.failure("read " + file, e);
        }
        Map<String, String> secrets = new HashMap<>();
        for (String name : NAMES) {
            String value = properties.getProperty(name, "").strip();
            if (!value.isEmpty()) {
                secrets.put(name, value);
            }
        }
        return secrets;
    }
}
