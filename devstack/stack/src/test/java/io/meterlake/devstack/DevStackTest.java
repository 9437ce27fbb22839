package io.meterlake.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.ExitCode;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real servers, once for all tests of this class. */
class DevStackTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private static Path folder;

    private static ServerLibraries libraries;
    private static DevStack stack;

    @BeforeAll
    static void startStack() {
        libraries = ServerLibraries.builtIn(ProjectRoot.path());
        // What a metastore leaves that was killed while it made its database: a folder that Derby refuses to open.
        StackFiles.write(folder.resolve("state/metastore/derby.unfinished/seg0/half-made"), "");
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
    void readsThroughAViewWhatItWroteToATable() {
        assertThat(Trino.run(
                        stack,
                        "create schema hive.devstack_test",
                        "create table hive.devstack_test.t as"
                                + " select decimal '1.500000' d, timestamp '2026-01-01 00:00:00.123456' t",
                        "create or replace view hive.devstack_test.v as select * from hive.devstack_test.t",
                        "select d, t from hive.devstack_test.v"))
                .isEqualTo("1.500000|2026-01-01 00:00:00.123456");
    }

    @Test
    void makesASchemaWhereItIsTold() {
        String location = folder.resolve("warehouse/marts").toUri().toString();
        assertThat(Trino.run(
                        stack,
                        "create schema hive.located with (location = '" + location + "')",
                        "create table hive.located.t as select 1 x",
                        "select \"$path\" from hive.located.t"))
                .contains("/warehouse/marts/t/");
    }

    @Test
    void keepsSchemasOfSnapshotsForTheWriterAndThoseOfTheirModelsForTrino() {
        assertThatThrownBy(() -> Trino.run(stack, "create schema hive.snap_1"))
                .hasStackTraceContaining("Access Denied: Cannot create schema hive.snap_1");
        assertThat(Trino.run(
                        stack,
                        "create schema hive.snap_1__marts",
                        "create table hive.snap_1__marts.t as select 1 x",
                        "drop table hive.snap_1__marts.t",
                        "drop schema hive.snap_1__marts",
                        "select count(*) from hive.information_schema.schemata where schema_name = 'snap_1__marts'"))
                .isEqualTo("0");
    }

    @Test
    void offersTheHudiCatalog() {
        assertThat(Trino.run(
                        stack, "select count(*) from system.metadata.catalogs where catalog_name in ('hudi', 'hive')"))
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
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            DevStackConfig config = new DevStackConfig(
                    folder.resolve("taken"),
                    Warehouse.folder(folder.resolve("warehouse")),
                    0,
                    taken.getLocalPort(),
                    256,
                    1024);
            assertThatThrownBy(() -> DevStack.up(config, libraries, Lifetime.DIES_WITH_STARTER, StackListener.silent()))
                    .isInstanceOfSatisfying(MeterlakeException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(DevStackErrorCode.PORT_IN_USE);
                        assertThat(failure.code().exitCode())
                                .as("the setting is wrong, and not the server")
                                .isEqualTo(ExitCode.USAGE);
                        assertThat(failure).hasMessageContaining("port " + taken.getLocalPort());
                        assertThat(failure.hint()).contains("--set stack.trino-port=N");
                    });
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws IOException {
        // Both are of this machine's loopback network, but a server that listens everywhere answers on the second, too.
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        for (int port : List.of(stack.trinoUri().getPort(), stack.metastoreUri().getPort())) {
            assertThat(accepts(LOOPBACK, port)).as("127.0.0.1:%d", port).isTrue();
            assertThat(accepts(other, port)).as("127.0.0.2:%d", port).isFalse();
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
}
