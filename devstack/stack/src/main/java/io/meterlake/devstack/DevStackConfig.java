package io.meterlake.devstack;

import static io.meterlake.devstack.DevStackErrorCode.INVALID_STACK_SETTINGS;

import io.meterlake.error.MeterlakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run the stack.
 *
 * @param stateFolder ports, process ids, logs and the metastore's database if it is embedded; made if missing
 * @param warehouse where the {@code hive} catalog makes its schemas, and how the servers get to the lake
 * @param metastorePort 0: a free one
 * @param trinoPort 0: a free one
 * @param metastoreHeapMegabytes the metastore's heap
 * @param trinoHeapMegabytes Trino's heap; half of it is one query's limit
 * @param metastoreDatabase where the metastore keeps what it knows
 */
public record DevStackConfig(
        Path stateFolder,
        Warehouse warehouse,
        int metastorePort,
        int trinoPort,
        int metastoreHeapMegabytes,
        int trinoHeapMegabytes,
        MetastoreDatabase metastoreDatabase) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int LEAST_METASTORE_MEGABYTES = 128;
    private static final int LEAST_TRINO_MEGABYTES = 768;

    /** Throws a {@link MeterlakeException} that names all that is wrong. */
    public DevStackConfig {
        List<String> problems = new ArrayList<>();
        requireBetween(0, HIGHEST_PORT, "the metastore's port", metastorePort, problems);
        requireBetween(0, HIGHEST_PORT, "Trino's port", trinoPort, problems);
        if (metastorePort != 0 && metastorePort == trinoPort) {
            problems.add("both servers have port " + trinoPort);
        }
        requireBetween(
                LEAST_METASTORE_MEGABYTES,
                Integer.MAX_VALUE,
                "the metastore's heap in MB",
                metastoreHeapMegabytes,
                problems);
        requireBetween(LEAST_TRINO_MEGABYTES, Integer.MAX_VALUE, "Trino's heap in MB", trinoHeapMegabytes, problems);
        if (!problems.isEmpty()) {
            throw new MeterlakeException(
                    INVALID_STACK_SETTINGS,
                    "Cannot start the stack: " + String.join("; ", problems),
                    "Set stack.metastore-port, stack.trino-port (0: a free one), stack.metastore-heap-mb or"
                            + " stack.trino-heap-mb to values that can be.");
        }
        stateFolder = stateFolder.toAbsolutePath().normalize();
    }

    /** With an embedded database of the metastore's. */
    public DevStackConfig(
            Path stateFolder,
            Warehouse warehouse,
            int metastorePort,
            int trinoPort,
            int metastoreHeapMegabytes,
            int trinoHeapMegabytes) {
        this(
                stateFolder,
                warehouse,
                metastorePort,
                trinoPort,
                metastoreHeapMegabytes,
                trinoHeapMegabytes,
                MetastoreDatabase.EMBEDDED);
    }

    /** The same with another database of the metastore's. */
    public DevStackConfig withMetastoreDatabase(MetastoreDatabase database) {
        return new DevStackConfig(
                stateFolder, warehouse, metastorePort, trinoPort, metastoreHeapMegabytes, trinoHeapMegabytes, database);
    }

    private static void requireBetween(int least, int most, String name, int value, List<String> problems) {
        if (value < least || value > most) {
            problems.add(
                    most == Integer.MAX_VALUE
                            ? "%s is %d, and at least %d is needed".formatted(name, value, least)
                            : "%s is %d, not between %d and %d".formatted(name, value, least, most));
        }
    }

    /** Free ports, and heaps that leave room on a laptop of 8 GB. */
    public static DevStackConfig onFreePorts(Path stateFolder, Path warehouse) {
        return onFreePorts(stateFolder, Warehouse.folder(warehouse));
    }

    /** The same with a warehouse that need not be a folder. */
    public static DevStackConfig onFreePorts(Path stateFolder, Warehouse warehouse) {
        return new DevStackConfig(stateFolder, warehouse, 0, 0, 384, 2048);
    }
}
