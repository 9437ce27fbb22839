package io.meterlake.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real servers, once for all tests of this class. */
class DevStackTest {
    @TempDir
    private static Path folder;

    private static ServerLibraries libraries;
    private static DevStack stack;

    @BeforeAll
    static void startStack() {
        libraries = ServerLibraries.builtIn(projectRoot());
        // What a metastore leaves that was killed while it made its database: a folder that Derby refuses to open.
        StackFiles.write(folder.resolve("state/metastore/derby/seg0/half-made"), "");
        stack = DevStack.up(config(), libraries, Lifetime.DIES_WITH_STARTER, StackListener.silent());
    }

    @AfterAll
    static void stopStack() {
        stack.close();
        assertThat(ProcessHandle.of(stack.trinoPid())).as("Trino after close").isEmpty();
        assertThat(ProcessHandle.of(stack.metastorePid()))
                .as("metastore after close")
                .isEmpty();
        assertThat(DevStack.find(folder.resolve("state")))
                .as("stack after close")
                .isEmpty();
    }

    @Test
    void readsThroughAViewWhatItWroteToATable() throws SQLException {
        assertThat(query(
                        "create schema hive.devstack_test",
                        "create table hive.devstack_test.t as"
                                + " select decimal '1.500000' d, timestamp '2026-01-01 00:00:00.123456' t",
                        "create or replace view hive.devstack_test.v as select * from hive.devstack_test.t",
                        "select d, t from hive.devstack_test.v"))
                .isEqualTo("1.500000|2026-01-01 00:00:00.123456");
    }

    @Test
    void offersTheHudiCatalog() throws SQLException {
        assertThat(query("select count(*) from system.metadata.catalogs where catalog_name in ('hudi', 'hive')"))
                .isEqualTo("2");
    }

    @Test
    void findsTheRunningStackInsteadOfStartingAnother() {
        DevStack second = DevStack.up(config(), libraries, Lifetime.DIES_WITH_STARTER, StackListener.silent());
        assertThat(second.trinoPid()).as("Trino's process").isEqualTo(stack.trinoPid());
        assertThat(DevStack.find(folder.resolve("state")))
                .get()
                .extracting(DevStack::metastoreUri)
                .isEqualTo(stack.metastoreUri());
    }

    @Test
    void refusesToServeAnotherWarehouse() {
        DevStackConfig other = DevStackConfig.onFreePorts(folder.resolve("state"), folder.resolve("other"));
        assertThatThrownBy(() -> DevStack.up(other, libraries, Lifetime.DIES_WITH_STARTER, StackListener.silent()))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("it serves the warehouse");
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            DevStackConfig config = new DevStackConfig(
                    folder.resolve("taken"), folder.resolve("warehouse"), 0, taken.getLocalPort(), 256, 1024);
            assertThatThrownBy(() -> DevStack.up(config, libraries, Lifetime.DIES_WITH_STARTER, StackListener.silent()))
                    .isInstanceOfSatisfying(MeterlakeException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(DevStackErrorCode.PORT_IN_USE);
                        assertThat(failure).hasMessageContaining("port " + taken.getLocalPort());
                        assertThat(failure.hint()).contains("--set stack.trino-port=N");
                    });
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws IOException {
        List<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (int port : List.of(stack.trinoUri().getPort(), stack.metastoreUri().getPort())) {
            assertThat(accepts(InetAddress.getByName("127.0.0.1"), port))
                    .as("loopback port %d", port)
                    .isTrue();
            for (InetAddress address : outside) {
                assertThat(accepts(address, port)).as("%s:%d", address, port).isFalse();
            }
        }
    }

    @Test
    void diesWithTheProcessThatStartedIt() throws IOException, InterruptedException {
        Path state = folder.resolve("orphans");
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackStarter.class.getName(),
                        projectRoot().toString(),
                        state.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("starter.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(state.resolve("up")));
            DevStack orphan = DevStack.find(state).orElseThrow();
            List<ProcessHandle> servers = List.of(
                    ProcessHandle.of(orphan.metastorePid()).orElseThrow(),
                    ProcessHandle.of(orphan.trinoPid()).orElseThrow());
            starter.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
            assertThat(DevStack.find(state))
                    .as("stack whose starter was killed")
                    .isEmpty();
        } finally {
            starter.destroyForcibly();
        }
    }

    private static DevStackConfig config() {
        return DevStackConfig.onFreePorts(folder.resolve("state"), folder.resolve("warehouse"));
    }

    private static boolean accepts(InetAddress address, int port) {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs the statements and gives the first row of the last one. */
    private static String query(String... statements) throws SQLException {
        String url = "jdbc:trino://127.0.0.1:" + stack.trinoUri().getPort();
        try (Connection connection = DriverManager.getConnection(url, "test", null);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < statements.length - 1; i++) {
                statement.execute(statements[i]);
            }
            try (ResultSet rows = statement.executeQuery(statements[statements.length - 1])) {
                assertThat(rows.next())
                        .as("a row of %s", statements[statements.length - 1])
                        .isTrue();
                StringBuilder row = new StringBuilder(String.valueOf(rows.getString(1)));
                for (int column = 2; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.append('|').append(rows.getString(column));
                }
                return row.toString();
            }
        }
    }

    private static Path projectRoot() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
        }
        return candidate;
    }
}
