package io.meterlake.run;

import io.meterlake.compile.RelationResolver;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.SourceTable;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resolves the lake's tables to those of a snapshot, {@code hive.snap_<id>.meter_readings}. Tables that the snapshot does
 * not have, such as {@code report_lineage}, stay live. All else is left to another resolver. Thread-safe.
 */
public final class PinnedSources implements RelationResolver {
    private final RelationResolver others;
    private final String lakeDatabase;
    private final String snapshotDatabase;
    private final Set<String> tables;

    /** @param lakeDatabase the metastore database that {@code others} finds the lake's tables in */
    public PinnedSources(RelationResolver others, String lakeDatabase, Snapshot snapshot) {
        this.others = others;
        this.lakeDatabase = lakeDatabase;
        this.snapshotDatabase = snapshot.database();
        this.tables = snapshot.tables().stream().map(PinnedTable::table).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Relation source(SourceTable source) {
        Relation live = others.source(source);
        boolean pinned = live.catalog().equals(LAKE_CATALOG)
                && live.schema().equals(lakeDatabase)
                && tables.contains(live.identifier());
        return pinned ? new Relation(TrinoDialect.MODEL_CATALOG, snapshotDatabase, live.identifier()) : live;
    }

    @Override
    public Relation node(Resource resource, Relation declared) {
        return others.node(resource, declared);
    }
}
