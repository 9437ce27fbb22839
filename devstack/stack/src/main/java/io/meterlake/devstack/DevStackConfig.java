package io.meterlake.devstack;

import java.nio.file.Path;

/**
 * How to run the stack.
 *
 * @param stateFolder ports, process ids, logs and the metastore's database; made if missing
 * @param warehouse the folder in which the {@code hive} catalog makes its schemas
 * @param metastorePort 0: a free one
 * @param trinoPort 0: a free one
 * @param metastoreHeapMegabytes the metastore's heap
 * @param trinoHeapMegabytes Trino's heap; a quarter of it is one query's limit
 */
public record DevStackConfig(
        Path stateFolder,
        Path warehouse,
        int metastorePort,
        int trinoPort,
        int metastoreHeapMegabytes,
        int trinoHeapMegabytes) {
    public DevStackConfig {
        stateFolder = stateFolder.toAbsolutePath().normalize();
        warehouse = warehouse.toAbsolutePath().normalize();
    }

    /** Free ports, and heaps that leave room on a laptop of 8 GB. */
    public static DevStackConfig onFreePorts(Path stateFolder, Path warehouse) {
        return new DevStackConfig(stateFolder, warehouse, 0, 0, 384, 2048);
    }
}
