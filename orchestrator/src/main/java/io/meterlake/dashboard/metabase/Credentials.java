package io.meterlake.dashboard.metabase;

import static io.meterlake.dashboard.metabase.MetabaseErrorCode.INVALID_CREDENTIALS;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import io.meterlake.project.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who Meterlake is to a Metabase server, and to Trino through it. Never printed: {@code toString} holds no secret. */
public final class Credentials {
    /** How to log in. */
    sealed interface Login {
        /** Sent with each call. */
        record ApiKey(String key) implements Login {
            @Override
            public String toString() {
                return "an API key";
            }
        }

        /** Changed into a session; also the first user of a server that has none. */
        record Password(String user, String password) implements Login {
            @Override
            public String toString() {
                return "user " + user;
            }
        }
    }

    public static final String API_KEY = "METERLAKE_METABASE_API_KEY";
    public static final String USER = "METERLAKE_METABASE_USER";
    public static final String PASSWORD = "METERLAKE_METABASE_PASSWORD";
    public static final String TRINO_PASSWORD = "METERLAKE_METABASE_TRINO_PASSWORD";

    private static final Map<String, String> KEYS =
            Map.of("api_key", API_KEY, "user", USER, "password", PASSWORD, "trino_password", TRINO_PASSWORD);

    private final Login login;
    private final @Nullable String trinoPassword;

    private Credentials(Login login, @Nullable String trinoPassword) {
        this.login = login;
        this.trinoPassword = trinoPassword;
    }

    /**
     * Takes them from the environment and, what is not there, from a file that only its owner may read.
     *
     * @param file a YAML file with {@code api_key}, or {@code user} and {@code password}; and {@code trino_password}
     * @throws MeterlakeException {@code INVALID_CREDENTIALS}
     */
    public static Credentials read(Map<String, String> environment, Optional<Path> file) {
        Map<String, String> values = new HashMap<>(file.map(Credentials::file).orElse(Map.of()));
        if (environment.containsKey(API_KEY) || environment.containsKey(USER)) {
            // One way in from one place: a key in the file would go before a user in the environment.
            values.keySet().removeAll(List.of(API_KEY, USER, PASSWORD));
        }
        KEYS.values().stream()
                .filter(environment::containsKey)
                .forEach(name -> values.put(name, Objects.requireNonNull(environment.get(name), name)));
        values.values().removeIf(String::isBlank);
        String key = values.get(API_KEY);
        String user = values.get(USER);
        String password = values.get(PASSWORD);
        if (key != null) {
            return new Credentials(new Login.ApiKey(key.strip()), values.get(TRINO_PASSWORD));
        }
        if (user == null || password == null) {
            throw new MeterlakeException(
                    INVALID_CREDENTIALS,
                    "Cannot log in to Metabase: there is no API key, and no user with a password",
                    "Set %s, or %s and %s, or name a file with them in metabase.credentials."
                            .formatted(API_KEY, USER, PASSWORD));
        }
        return new Credentials(new Login.Password(user, password), values.get(TRINO_PASSWORD));
    }

    Login login() {
        return login;
    }

    Optional<String> trinoPassword() {
        return Optional.ofNullable(trinoPassword);
    }

    private static Map<String, String> file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MeterlakeException(
                    INVALID_CREDENTIALS,
                    "Cannot read the credentials: there is no file " + file,
                    "Write it, or correct metabase.credentials.");
        }
        refuseIfOthersRead(file);
        Problems problems = new Problems();
        Map<String, String> values = new HashMap<>();
        Optional<YamlMapping> root = YamlReader.read(file, file.toString(), problems);
        root.ifPresent(all -> {
            all.refuseUnknownKeys("the credentials", KEYS.keySet());
            KEYS.forEach((key, name) -> all.text(key).ifPresent(value -> values.put(name, value)));
            if (all.has("api_key") && all.has("user")) {
                problems.add(Location.of(file.toString()), "it has an api_key and a user; one of them is enough");
            }
        });
        problems.throwIfAny(
                INVALID_CREDENTIALS,
                "Cannot read the credentials",
                "Write api_key: …, or user: … and password: …, and trino_password: … if Trino wants one.");
        return values;
    }

    private static void refuseIfOthersRead(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            if (permissions.stream().anyMatch(one -> !one.name().startsWith("OWNER_"))) {
                throw new MeterlakeException(
                        INVALID_CREDENTIALS,
                        "Cannot use the credentials in " + file + ": others than its owner may open it",
                        "Run `chmod 600 " + file + "`, and change what was in it if others had access.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the permissions of " + file, e);
        }
    }

    @Override
    public String toString() {
        return login.toString();
    }
}
