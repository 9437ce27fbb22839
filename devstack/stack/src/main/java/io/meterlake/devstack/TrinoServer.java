package io.meterlake.devstack;

import io.meterlake.devstack.child.TrinoMain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Trino with the connectors Hudi (tables) and Hive (views, tables of the models): its configuration and command line. */
record TrinoServer(DevStackConfig config, int port, URI metastore) {
    static final String NAME = "trino";
    static final String VERSION = "483";

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
                """.formatted(
                        port,
                        uri(),
                        queryMegabytes * 2,
                        queryMegabytes * 2,
                        queryMegabytes,
                        folder.resolve("plugin"),
                        folder.resolve("etc/catalog")));
        StackFiles.write(folder.resolve("etc/catalog/hudi.properties"), """
                connector.name=hudi
                hive.metastore.uri=%s
                fs.hadoop.enabled=true
                """.formatted(metastore));
        StackFiles.write(folder.resolve("etc/catalog/hive.properties"), """
                connector.name=hive
                hive.metastore.uri=%s
                fs.hadoop.enabled=true
                hive.non-managed-table-writes-enabled=true
                hive.hudi-catalog-name=hudi
                hive.timestamp-precision=MICROSECONDS
                """.formatted(metastore));
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

    ChildProcess.Command command(ServerLibraries libraries, StackFiles files) {
        List<String> options = List.of(
                "-Xmx" + config.trinoHeapMegabytes() + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "-Dnode.data-dir=" + files.trinoFolder().resolve("data"),
                "-Dconfig=" + files.trinoFolder().resolve("etc/config.properties"));
        return new ChildProcess.Command(
                NAME,
                options,
                ChildProcess.classPath(libraries.trino(), List.of()),
                TrinoMain.class.getName(),
                List.of(VERSION),
                files.trinoFolder());
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
