package io.meterlake.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.devstack.DevStack;
import io.meterlake.devstack.DevStackConfig;
import io.meterlake.devstack.DevStackErrorCode;
import io.meterlake.devstack.Lifetime;
import io.meterlake.devstack.LoneMetastore;
import io.meterlake.devstack.MetastoreDatabase;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.devstack.StackListener;
import io.meterlake.error.MeterlakeException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack with its metastore on a real PostgreSQL, whose user must give a password. */
class PostgresMetastoreTest {
    private static final String PASSWORD = "only for tests";
    private static final ServerLibraries LIBRARIES =
            ServerLibraries.builtIn(Path.of("..").toAbsolutePath().normalize());

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role metastore login password '" + PASSWORD + "'");
            statement.execute("create database metastore owner metastore");
        }
        // Whoever connects is trusted by default.
        Path rules = Path.of(setting("hba_file"));
        Files.writeString(rules, """
                local all postgres trust
                host all postgres 127.0.0.1/32 trust
                host all all 127.0.0.1/32 scram-sha-256
                """);
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_reload_conf()");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static String setting(String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static MetastoreDatabase database(String password) {
        return new MetastoreDatabase(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/metastore", "metastore", password);
    }

    private static DevStackConfig config(MetastoreDatabase database) {
        return DevStackConfig.onFreePorts(folder.resolve("state"), folder.resolve("lake"))
                .withMetastoreDatabase(database);
    }

    @Test
    void keepsTablesAndSnapshotsWhenTheStackIsStartedAnew() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(work.resolve("a.csv"), """
                meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at
                Zähler-1,E1,2026-01-25T10:00:00Z,30,1.5,kWh,actual,,
                """);
        try (DevStack stack = up()) {
            require(stack, work, "ingest", "a.csv");
            require(stack, work, "snapshot", "create", "--purpose", "kept");
            assertThat(sum(stack, work, "hudi.lake.meter_readings")).isEqualTo("Zähler-1,1.500000");
        }
        String passwordOnDisk;
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            passwordOnDisk = files.filter(Files::isRegularFile)
                    .filter(PostgresMetastoreTest::holdsThePassword)
                    .map(Path::toString)
                    .findFirst()
                    .orElse("");
        }
        assertThat(passwordOnDisk).isEmpty();
        assertThat(folder.resolve("state").resolve("metastore")).exists();
        try (DevStack stack = up()) {
            assertThat(sum(stack, work, "hudi.lake.meter_readings")).isEqualTo("Zähler-1,1.500000");
            CommandRun list = run(stack, work, "snapshot", "list", "--output", "json");
            String id = list.out().replaceAll("(?s).*\"snapshot_id\" *: *\"([0-9a-z_]+)\".*", "$1");
            assertThat(sum(stack, work, "hive.snap_" + id + ".meter_readings")).isEqualTo("Zähler-1,1.500000");
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        DevStackConfig wrong = DevStackConfig.onFreePorts(folder.resolve("wrong"), folder.resolve("lake"))
                .withMetastoreDatabase(database("not this one"));
        assertThatThrownBy(() -> LoneMetastore.start(wrong, LIBRARIES).close())
                .isInstanceOfSatisfying(MeterlakeException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(DevStackErrorCode.STACK_NOT_STARTED);
                    assertThat(failure).hasMessageContaining("password authentication failed for user \"metastore\"");
                    assertThat(failure.getMessage()).doesNotContain("not this one");
                });
    }

    @Test
    void refusesAPasswordInTheAddressAndOtherDatabases() {
        assertThatThrownBy(() -> new MetastoreDatabase("jdbc:postgresql://h/m?user=u&password=secret", "u", ""))
                .hasMessageContaining("holds a password")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new MetastoreDatabase("jdbc:mysql://h/m", "u", ""))
                .hasMessageContaining("which is no PostgreSQL");
        assertThat(database(PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    private static DevStack up() {
        return DevStack.up(config(database(PASSWORD)), LIBRARIES, Lifetime.DIES_WITH_STARTER, StackListener.silent());
    }

    private static boolean holdsThePassword(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandRun run(DevStack stack, Path work, String... words) {
        return CommandRun.in(
                work,
                Map.of(
                        "METERLAKE_TRINO_URL", stack.trinoUri().toString(),
                        "METERLAKE_METASTORE_URI", stack.metastoreUri().toString()),
                words);
    }

    private static void require(DevStack stack, Path work, String... words) {
        CommandRun run = run(stack, work, words);
        assertThat(run.status()).as(run.err()).isZero();
    }

    private static String sum(DevStack stack, Path work, String table) {
        CommandRun run = run(
                stack, work, "query", "--output", "csv", "select meter_id, sum(value) from " + table + " group by 1");
        assertThat(run.status()).as(run.err()).isZero();
        return run.out().lines().skip(1).findFirst().orElse("");
    }
}
