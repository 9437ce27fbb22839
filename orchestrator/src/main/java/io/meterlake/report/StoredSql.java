package io.meterlake.report;

import io.meterlake.engine.TrinoDialect;
import io.meterlake.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The queries that lie beside a report: all that is needed to make or explain it again, without the SQL project. They
 * name the tables of the report's snapshot and immutable seed tables, and nothing else.
 */
final class StoredSql {
    /** What follows the report's name in the name of the file with the report's own query. */
    static final String QUERY = ".sql";

    /** The same of the query of {@code detail}, see {@link io.meterlake.compile.ReportDefinition.Details}. */
    static final String DETAIL = ".detail.sql";

    /** The same of the query of {@code readings}. */
    static final String READINGS = ".readings.sql";

    private StoredSql() {}

    /** One of a report's queries; empty if the manifest names none. */
    static Optional<String> read(ReportFiles files, Manifest manifest, String suffix) {
        String name = manifest.reportName() + suffix;
        if (manifest.files().stream().noneMatch(entry -> entry.name().equals(name))) {
            return Optional.empty();
        }
        Path file = files.folder(manifest).resolve(name);
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw ReportFiles.failure("read " + file, e);
        }
    }

    /** The same query over another snapshot. */
    static String over(String sql, String snapshotId, Snapshot other) {
        return sql.replace(
                TrinoDialect.quoted(Snapshot.DATABASE_PREFIX + snapshotId), TrinoDialect.quoted(other.database()));
    }
}
