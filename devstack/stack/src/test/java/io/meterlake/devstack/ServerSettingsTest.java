package io.meterlake.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void namesAllThatCannotBe() {
        assertThatThrownBy(() -> new DevStackConfig(folder, Warehouse.folder(folder), 70_000, -1, 5, 2048))
                .isInstanceOfSatisfying(
                        MeterlakeException.class,
                        failure -> assertThat(failure.code()).isEqualTo(DevStackErrorCode.INVALID_STACK_SETTINGS))
                .hasMessage("Cannot start the stack: the metastore's port is 70000, not between 0 and 65535;"
                        + " Trino's port is -1, not between 0 and 65535;"
                        + " the metastore's heap in MB is 5, and at least 128 is needed");
    }

    @Test
    void refusesOnePortForBoth() {
        assertThatThrownBy(() -> new DevStackConfig(folder, Warehouse.folder(folder), 9083, 9083, 384, 2048))
                .hasMessageEndingWith("both servers have port 9083");
    }

    @Test
    void limitsQueriesToWhatTheHeapHolds() throws IOException {
        TrinoServer trino = trino(1000);
        trino.writeConfiguration(noLibraries(), new StackFiles(folder));
        assertThat(Files.readString(folder.resolve("trino/etc/config.properties")))
                .contains("query.max-memory=500MB")
                .contains("query.max-memory-per-node=500MB")
                .contains("memory.heap-headroom-per-node=250MB");
    }

    @Test
    void takesTheCollectorThatSuitsTheHeap() {
        StackFiles files = new StackFiles(folder);
        assertThat(trino(2048).command(noLibraries(), files, Lifetime.DETACHED).options())
                .contains("-Xmx2048m", "-XX:+UseSerialGC");
        assertThat(trino(16_384)
                        .command(noLibraries(), files, Lifetime.DETACHED)
                        .options())
                .contains("-Xmx16384m", "-XX:+UseG1GC");
    }

    @Test
    void escapesWhatAFolderNameMayHold() throws IOException {
        Path odd = folder.resolve("a & b <c>");
        new MetastoreServer(new DevStackConfig(odd, Warehouse.folder(odd), 0, 0, 384, 2048), 1)
                .writeConfiguration(new StackFiles(odd));
        assertThat(Files.readString(odd.resolve("metastore/metastore-site.xml")))
                .contains("a &amp; b &lt;c&gt;");
    }

    @Test
    void saysHowToBuildWhatIsMissing() {
        assertThatThrownBy(() -> ServerLibraries.builtIn(folder))
                .isInstanceOfSatisfying(MeterlakeException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(DevStackErrorCode.SERVERS_NOT_BUILT);
                    assertThat(failure.hint()).contains("mvn");
                });
    }

    /** The servers' modules have no parent, so their versions are written twice. */
    @Test
    void runsTheTrinoThatTheDriverIsOf() {
        String version = "-" + TrinoServer.VERSION + ".jar";
        assertThat(ServerLibraries.builtIn(ProjectRoot.path()).trino())
                .extracting(jar -> jar.getFileName().toString())
                .contains("trino-main" + version);
        assertThat(System.getProperty("java.class.path")).contains("trino-jdbc" + version);
    }

    private TrinoServer trino(int heapMegabytes) {
        DevStackConfig config = new DevStackConfig(folder, Warehouse.folder(folder), 0, 0, 384, heapMegabytes);
        return new TrinoServer(config, 1, URI.create("thrift://127.0.0.1:2"));
    }

    private static ServerLibraries noLibraries() {
        return new ServerLibraries(List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
