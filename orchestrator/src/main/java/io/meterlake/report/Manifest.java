package io.meterlake.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.error.MeterlakeException;
import io.meterlake.json.JsonDocuments;
import io.meterlake.lineage.TableCommit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about a report: {@code manifest.json} beside its files. It never changes; whether the report is
 * signed is in the table {@code reports}. Two runs over the same inputs differ in
 * {@code report_id}, {@code run_number}, {@code created_at} and {@code query_ids} only.
 *
 * @param manifestVersion of this layout
 * @param period as asked for, such as {@code 2026-01}
 * @param periodStart first day
 * @param periodEnd the day after the last
 * @param timeZone the zone of these days; {@code market}: each meter's own
 * @param snapshotId the snapshot that the report read
 * @param inputs the Hudi tables, by name
 * @param seeds the seeds, by name
 * @param modelFingerprints of the query and each model in it, by unique id
 * @param sessionTimeZone what {@code current_timezone()} was
 * @param gitCommit the SQL project's; null outside of a git checkout
 * @param gitEdits whether the project was as that commit has it: {@code none}, {@code uncommitted} or {@code unknown}; null
 *     without a commit
 * @param contentHash see {@link ContentHash}
 * @param files beside this one
 * @param totals as the definition asks for
 * @param partners whom the report is about, if the definition names the column that says so; sorted
 */
public record Manifest(
        int manifestVersion,
        String reportId,
        String reportName,
        String title,
        String period,
        String periodStart,
        String periodEnd,
        String timeZone,
        String runType,
        int runNumber,
        String snapshotId,
        Instant createdAt,
        SortedMap<String, Object> variables,
        List<Input> inputs,
        List<SeedInput> seeds,
        SortedMap<String, String> modelFingerprints,
        String trinoVersion,
        String sessionTimeZone,
        List<String> queryIds,
        @Nullable String gitCommit,
        @Nullable String gitEdits,
        List<ResultColumn> columns,
        long rowCount,
        String contentHash,
        List<FileEntry> files,
        List<Total> totals,
        List<String> partners) {
    public static final int VERSION = 4;

    /**
     * A Hudi table.
     *
     * @param relation as the query names it
     * @param commitRequestedAt of the latest completed commit; null if there is none
     * @param commitCompletedAt of the latest completed commit; null if there is none
     * @param commits all that the query saw
     * @param files how many base files the snapshot holds of the table
     * @param filesSha256 of the list of these files, as the snapshot records it
     * @param partitionsRead the folders of the table that the query reads; it may name some that it does not need
     * @param readFilesSha256 of the files in these folders, with their content, see {@link InputProof}
     */
    public record Input(
            String table,
            String relation,
            @Nullable String commitRequestedAt,
            @Nullable String commitCompletedAt,
            List<TableCommit> commits,
            long files,
            String filesSha256,
            List<String> partitionsRead,
            String readFilesSha256) {
        public Input {
            requireNonNull(readFilesSha256, "read_files_sha256 is missing");
            commits = List.copyOf(commits);
            partitionsRead = List.copyOf(partitionsRead);
        }
    }

    /**
     * A seed.
     *
     * @param relation the immutable table with exactly this content
     * @param checksum SHA-256 of the CSV file
     * @param contentHash of the table's rows, see {@link ContentHash}
     * @param stored the same rows beside the report, should the table be lost
     */
    public record SeedInput(String seed, String relation, String checksum, String contentHash, StoredSeed stored) {
        public SeedInput {
            requireNonNull(stored, "stored is missing");
        }
    }

    /**
     * A seed's rows as a CSV file beside the report, which is among {@link #files}.
     *
     * @param file its name
     * @param delimiter one character
     * @param columns of the table, with Trino's types
     */
    public record StoredSeed(String file, String delimiter, List<ResultColumn> columns) {
        public StoredSeed {
            columns = List.copyOf(columns);
        }
    }

    /** A column of the report. */
    public record ResultColumn(String name, String type) {}

    /** A file of the report. */
    public record FileEntry(String name, long size, String sha256) {}

    /**
     * A sum over some rows.
     *
     * @param group value by column; null values are the text {@code null}
     * @param column what was added up
     * @param sum exact, with the column's scale
     */
    public record Total(Map<String, String> group, String column, String sum) {
        public Total {
            group = Collections.unmodifiableMap(new java.util.LinkedHashMap<>(group));
        }
    }

    /** Whether the report reads a folder of a table. */
    boolean reads(String table, String partition) {
        return inputs.stream()
                .anyMatch(input ->
                        input.table().equals(table) && input.partitionsRead().contains(partition));
    }

    /** Reads a manifest, if it is of a layout that this version knows. */
    static Manifest read(String json, Path file) throws JsonProcessingException {
        int version = JsonDocuments.tree(json).path("manifest_version").asInt();
        if (version != VERSION) {
            throw new MeterlakeException(
                    ReportErrorCode.REPORT_FILES,
                    "Cannot read %s: it is of version %d, and this Meterlake knows version %d"
                            .formatted(file, version, VERSION),
                    "Read it with the version of Meterlake that wrote it, or a later one than this.");
        }
        return JsonDocuments.read(json, Manifest.class);
    }

    public Manifest {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        inputs = List.copyOf(inputs);
        seeds = List.copyOf(seeds);
        modelFingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(modelFingerprints));
        queryIds = List.copyOf(queryIds);
        columns = List.copyOf(columns);
        files = List.copyOf(files);
        totals = List.copyOf(totals);
        partners = List.copyOf(partners);
    }
}
