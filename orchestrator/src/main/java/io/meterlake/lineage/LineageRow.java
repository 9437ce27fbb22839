package io.meterlake.lineage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One input table of one report; its key is the report id and the table's name.
 *
 * @param period as asked for, such as {@code 2026-01}
 * @param snapshotId the snapshot that the report read
 * @param commitRequestedAt of the latest completed commit; null if the table has none
 * @param commitCompletedAt of the latest completed commit; null if the table has none
 * @param commits every completed commit that the report saw, as a JSON array of {requested, completed, action}
 * @param modelFingerprints JSON object, unique id to fingerprint
 * @param gitCommit of the SQL project; null outside of a git checkout
 * @param variables JSON object
 * @param queryIds JSON array of Trino's ids
 * @param contentHash of the report's rows, see {@code io.meterlake.report.ContentHash}
 * @param previousRowHash {@link LineageChain#START} for the first row ever
 */
public record LineageRow(
        String reportId,
        String tableName,
        String reportName,
        String period,
        String runType,
        int runNumber,
        String snapshotId,
        @Nullable String commitRequestedAt,
        @Nullable String commitCompletedAt,
        String commits,
        String modelFingerprints,
        @Nullable String gitCommit,
        String variables,
        String timeZone,
        String trinoVersion,
        String queryIds,
        long rowCount,
        String contentHash,
        Instant createdAt,
        String previousRowHash,
        String rowHash) {

    LineageRow linked(String previous, String hash) {
        return new LineageRow(
                reportId,
                tableName,
                reportName,
                period,
                runType,
                runNumber,
                snapshotId,
                commitRequestedAt,
                commitCompletedAt,
                commits,
                modelFingerprints,
                gitCommit,
                variables,
                timeZone,
                trinoVersion,
                queryIds,
                rowCount,
                contentHash,
                createdAt,
                previous,
                hash);
    }
}
