package io.meterlake.devstack;

import static io.meterlake.devstack.DevStackErrorCode.SERVERS_NOT_BUILT;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The jars of the servers, as the build resolved them. No jar is copied: they stay where Maven keeps them.
 *
 * @param metastore the Hive Metastore's class path
 * @param trino Trino's class path
 * @param hudiPlugin the jars of Trino's Hudi connector
 * @param hivePlugin the jars of Trino's Hive connector
 * @param hdfs the jars of Trino's Hadoop file system, which reads {@code file:} locations
 */
public record ServerLibraries(
        List<Path> metastore, List<Path> trino, List<Path> hudiPlugin, List<Path> hivePlugin, List<Path> hdfs) {
    public ServerLibraries {
        metastore = List.copyOf(metastore);
        trino = List.copyOf(trino);
        hudiPlugin = List.copyOf(hudiPlugin);
        hivePlugin = List.copyOf(hivePlugin);
        hdfs = List.copyOf(hdfs);
    }

    /**
     * Reads the lists that the modules under {@code devstack/servers} wrote.
     *
     * @param home the checkout's root
     * @throws MeterlakeException if a list or a jar is missing
     */
    public static ServerLibraries builtIn(Path home) {
        Path servers = home.resolve("devstack/servers");
        return new ServerLibraries(
                jars(servers, "metastore"),
                jars(servers, "trino"),
                jars(servers, "trino-hudi"),
                jars(servers, "trino-hive"),
                jars(servers, "trino-hdfs"));
    }

    private static List<Path> jars(Path servers, String server) {
        Path list = servers.resolve(server).resolve("target/classpath");
        List<Path> jars;
        try {
            jars = Arrays.stream(Files.readString(list).strip().split(":", -1))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new MeterlakeException(
                    SERVERS_NOT_BUILT,
                    "Cannot start the stack: the list of the jars of %s is not at %s".formatted(server, list),
                    "Build it: `mvn -Dmaven.test.skip=true package` in the checkout, or remove"
                            + " orchestrator/target and run ./meterlake again.",
                    e);
        }
        List<Path> missing =
                jars.stream().filter(jar -> !Files.isRegularFile(jar)).toList();
        if (!missing.isEmpty()) {
            throw new MeterlakeException(
                    SERVERS_NOT_BUILT,
                    "Cannot start the stack: %d of the jars of %s are gone, such as %s"
                            .formatted(missing.size(), server, missing.getFirst()),
                    "Remove orchestrator/target and run ./meterlake again; it fetches them.");
        }
        return jars;
    }
}
