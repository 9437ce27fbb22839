package io.meterlake.report;

import io.meterlake.error.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What making a report again gave.
 *
 * @param contentHash of the report's rows when it was made
 * @param rebuiltContentHash of the rows now; null if it could not be made
 * @param files how each file compares; none if it could not be made
 * @param missing what it was made from and is not there as it was
 * @param concerned by problem text, the other reports that read the same
 * @param notes what may matter: what differs in the engine, and what was mended on the way
 * @param kept the folder with the files that were made now; null if they were removed
 */
public record Reproduction(
        String reportId,
        String contentHash,
        @Nullable String rebuiltContentHash,
        List<FileComparison> files,
        List<ReportProblem> missing,
        SequencedMap<String, List<String>> concerned,
        List<String> notes,
        @Nullable Path kept) {

    /** How it ended. */
    public enum Outcome {
        IDENTICAL,
        DIFFERS,
        INPUTS_MISSING
    }

    /**
     * A file of the report three times: as the manifest tells, as it is stored, as it was made now.
     *
     * @param sha256 the manifest's
     * @param storedSha256 of the file in the report's folder; null if it is gone
     * @param rebuiltSha256 of the file that was made now
     * @param differences the first lines in which the stored and the rebuilt file differ; none for a workbook
     */
    public record FileComparison(
            String name,
            String sha256,
            @Nullable String storedSha256,
            String rebuiltSha256,
            List<LineDifference> differences) {
        public FileComparison {
            differences = List.copyOf(differences);
        }

        /** Whether it was made again as it was, and is stored so unless it is gone. */
        public boolean identical() {
            return rebuiltSha256.equals(sha256) && (storedSha256 == null || storedSha256.equals(sha256));
        }
    }

    /**
     * A line of a CSV file that is not what it was.
     *
     * @param line its number, from 1
     * @param expected the stored line, or the rebuilt one if only that has the manifest's checksum; null past the end
     * @param found the other one; null past the end
     */
    public record LineDifference(
            long line, @Nullable String expected, @Nullable String found) {}

    public Reproduction {
        files = List.copyOf(files);
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
    }

    public Outcome outcome() {
        if (rebuiltContentHash == null) {
            return Outcome.INPUTS_MISSING;
        }
        return rebuiltContentHash.equals(contentHash) && files.stream().allMatch(FileComparison::identical)
                ? Outcome.IDENTICAL
                : Outcome.DIFFERS;
    }

    public ExitCode exitCode() {
        return switch (outcome()) {
            case IDENTICAL -> ExitCode.OK;
            case DIFFERS -> ExitCode.DIFFERS;
            case INPUTS_MISSING -> ExitCode.INPUTS_MISSING;
        };
    }
}
