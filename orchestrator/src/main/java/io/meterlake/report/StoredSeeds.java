package io.meterlake.report;

import io.meterlake.engine.Trino;
import io.meterlake.project.Location;
import io.meterlake.project.Relation;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SeedTable;
import io.meterlake.run.SeedLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of a report's seeds, as CSV files beside it: a seed's table is in the warehouse alone, and one whose metastore
 * is lost has none any more. Neither the SQL project nor its history is needed to make the table again.
 */
final class StoredSeeds {
    private final ReportFiles files;
    private final Manifest manifest;

    StoredSeeds(ReportFiles files, Manifest manifest) {
        this.files = files;
        this.manifest = manifest;
    }

    /** How a seed is stored beside a report. */
    static Manifest.StoredSeed describe(String report, Seed seed, SeedTable content) {
        return new Manifest.StoredSeed(
                report + ".seed." + seed.name() + ".csv",
                String.valueOf(seed.delimiter()),
                content.columns().stream()
                        .map(column -> new Manifest.ResultColumn(column.name(), column.type()))
                        .toList());
    }

    /** A seed's file, if it is there and as it was. */
    Optional<Path> unchanged(Manifest.SeedInput seed) {
        Manifest.StoredSeed stored = seed.stored();
        return manifest.files().stream()
                .filter(entry -> entry.name().equals(stored.file()))
                .filter(entry -> ReportIntegrity.fileProblem(path(entry), entry).isEmpty())
                .map(this::path)
                .findFirst();
    }

    private Path path(Manifest.FileEntry entry) {
        return files.folder(manifest).resolve(entry.name());
    }

    /**
     * Makes a seed's table again, under the name that the report's query has for it.
     *
     * @param file as {@link #unchanged} gives it
     */
    void restore(Trino trino, Manifest.SeedInput seed, Path file) {
        Manifest.StoredSeed stored = seed.stored();
        Map<String, String> types = stored.columns().stream()
                .collect(Collectors.toMap(Manifest.ResultColumn::name, Manifest.ResultColumn::type));
        SeedTable content = SeedReader.read(new Seed(
                "seed." + seed.seed(),
                seed.seed(),
                Location.of(file.toString()),
                List.of(),
                Map.of(),
                "",
                List.of(),
                types,
                stored.delimiter().charAt(0),
                seed.checksum(),
                text(file)));
        Relation table = ReportIntegrity.relation(seed.relation());
        trino.execute("create schema if not exists %s.%s"
                .formatted(Relation.quoted(table.catalog()), Relation.quoted(table.schema())));
        SeedLoader.create(trino, table, content);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw ReportFiles.failure("read " + file, e);
        }
    }
}
