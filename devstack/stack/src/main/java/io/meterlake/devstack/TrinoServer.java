package io.meterlake.devstack;

import io.meterlake.devstack.child.TrinoMain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Trino with the connectors Hudi (tables) and Hive (views, tables of the models): its configuration and command line. */
record TrinoServer(DevStackConfig config, int port, URI metastore) {
    static final String NAME = "trino";
    static final String VERSION = "483";

    /** Up to here the serial collector needs less memory and start time, and its pauses stay under a second. */
    private static final int SMALL_HEAP_MEGABYTES = 4096;

    /**
     * Nobody changes through Trino what a snapshot pinned, {@code hive.snap_<id>}: the metastore would lose partitions
     * whose files a report names. What a run builds from it, {@code hive.snap_<id>__marts}, is written through Trino.
     */
    private static final String ACCESS_RULES = """
            {
              "catalogs": [{"allow": "all"}],
              "schemas": [
                {"catalog": "hive", "schema": "snap_[0-9a-z]+", "owner": false},
                {"owner": true}
              ],
              "tables": [
                {"catalog": "hive", "schema": "snap_[0-9a-z]+", "privileges": ["SELECT", "GRANT_SELECT"]},
                {"privileges": ["SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP", "GRANT_SELECT"]}
              ],
              "system_information": [{"allow": ["read", "write"]}]
            }
            """;

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void writeConfiguration(ServerLibraries libraries, StackFiles files) {
        Path folder = files.trinoFolder();
        int queryMegabytes = config.trinoHeapMegabytes() / 4;
        StackFiles.write(folder.resolve("etc/config.properties"), """
                coordinator=true
                node-scheduler.include-coordinator=true
                node.environment=meterlake
                node.id=meterlake-devstack
                node.bind-ip=127.0.0.1
                node.internal-address=127.0.0.1
                http-server.http.port=%d
                discovery.uri=%s
                query.max-memory=%dMB
                query.max-memory-per-node=%dMB
                memory.heap-headroom-per-node=%dMB
                plugin.dir=%s
                catalog.config-dir=%s
                log.levels-file=%s
                access-control.config-files=%s
                """.formatted(
                        port,
                        uri(),
                        queryMegabytes * 2,
                        queryMegabytes * 2,
                        queryMegabytes,
                        folder.resolve("plugin"),
                        folder.resolve("etc/catalog"),
                        folder.resolve("etc/log.properties"),
                        folder.resolve("etc/access-control.properties")));
        StackFiles.write(folder.resolve("etc/access-control.properties"), """
                access-control.name=file
                security.config-file=%s
                """.formatted(
                        folder.resolve("etc/access-rules.json")));
        StackFiles.write(folder.resolve("etc/access-rules.json"), ACCESS_RULES);
        // The bootstrap prints every setting; RemoteNodeMemory warns once a second until the start is over; the filters
        // say of each file what they look for and which rows its column index left, at a tenth of a look-up's time.
        StackFiles.write(folder.resolve("etc/log.properties"), """
                io.trino.bootstrap=WARN
                io.airlift.bootstrap=WARN
                io.trino.memory.RemoteNodeMemory=ERROR
                org.apache.parquet.internal.filter2=WARN
                org.apache.parquet.filter2=WARN
                """);
        StackFiles.write(folder.resolve("etc/catalog/hudi.properties"), """
                connector.name=hudi
                hive.metastore.uri=%s
                fs.hadoop.enabled=true
                %s""".formatted(
                        metastore, config.warehouse().catalogSettings()));
        StackFiles.write(folder.resolve("etc/catalog/hive.properties"), """
                connector.name=hive
                hive.metastore.uri=%s
                fs.hadoop.enabled=true
                hive.non-managed-table-writes-enabled=true
                hive.hudi-catalog-name=hudi
                hive.timestamp-precision=MICROSECONDS
                # Two statements that keep statistics of columns lock each other out in the metastore's Derby for a minute.
                hive.collect-column-statistics-on-write=false
                %s""".formatted(
                        metastore, config.warehouse().catalogSettings()));
        StackFiles.deleteTree(folder.resolve("plugin"));
        composePlugin(
                folder.resolve("plugin/hudi"),
                libraries.hudiPlugin(),
                libraries.hdfs(),
                "io.trino.plugin.hudi.HudiPlugin");
        composePlugin(
                folder.resolve("plugin/hive"),
                libraries.hivePlugin(),
                libraries.hdfs(),
                "io.trino.plugin.hive.HivePlugin");
    }

    ChildProcess.Command command(ServerLibraries libraries, StackFiles files, Lifetime lifetime) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + config.trinoHeapMegabytes() + "m",
                config.trinoHeapMegabytes() <= SMALL_HEAP_MEGABYTES ? "-XX:+UseSerialGC" : "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                // The Hive connector reads and writes timestamps of files in this zone unless told otherwise.
                "-Duser.timezone=UTC",
                "-Duser.language=en",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "-Dnode.data-dir=" + files.trinoFolder().resolve("data"),
                "-Dconfig=" + files.trinoFolder().resolve("etc/config.properties")));
        options.addAll(compilation(lifetime));
        return new ChildProcess.Command(
                NAME,
                options,
                ChildProcess.classPath(libraries.trino(), List.of()),
                TrinoMain.class.getName(),
                List.of(VERSION),
                files.trinoFolder());
    }

    /** Measured, processor time of a start: 30 s by default, 24 s for a stack that stays, 17 s for a short one. */
    private static List<String> compilation(Lifetime lifetime) {
        return switch (lifetime) {
            // A test's queries are over before the second compiler pays.
            case DIES_WITH_STARTER -> List.of("-XX:TieredStopAtLevel=1");
            // It compiles what ran ten times as often as by default: the queries' inner loops, not the boot's code.
            case DETACHED ->
                List.of(
                        "-XX:Tier4InvocationThreshold=50000",
                        "-XX:Tier4MinInvocationThreshold=6000",
                        "-XX:Tier4CompileThreshold=150000");
        };
    }

    /** A plugin's folder: links to its jars, and the service file that the artifacts on Maven lack. */
    private static void composePlugin(Path folder, List<Path> jars, List<Path> hdfs, String pluginClass) {
        try {
            link(folder, jars);
            link(folder.resolve("hdfs"), hdfs);
            try (OutputStream file = Files.newOutputStream(folder.resolve("meterlake-service.jar"));
                    JarOutputStream jar = new JarOutputStream(file)) {
                jar.putNextEntry(new JarEntry("META-INF/services/io.trino.spi.Plugin"));
                jar.write(pluginClass.getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot compose the plugin folder " + folder, e);
        }
    }

    private static void link(Path folder, List<Path> jars) throws IOException {
        Files.createDirectories(folder);
        for (Path jar : jars) {
            Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar);
        }
    }
}
