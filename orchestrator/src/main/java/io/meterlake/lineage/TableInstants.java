package io.meterlake.lineage;

import java.util.List;

/** Reads Hudi timelines. */
@FunctionalInterface
public interface TableInstants {
    /**
     * The completed actions that changed what readers of a table see, in the order of their completion.
     *
     * @param tableName the table's name in the lake's database
     */
    List<TableCommit> completed(String tableName);
}
