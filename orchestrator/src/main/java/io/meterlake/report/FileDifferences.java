package io.meterlake.report;

import io.meterlake.lineage.Sha256;
import io.meterlake.report.Reproduction.FileComparison;
import io.meterlake.report.Reproduction.LineDifference;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Compares a file of a report with the same file made again. */
final class FileDifferences {
    private static final int SHOWN = 10;

    private FileDifferences() {}

    static FileComparison compare(Manifest.FileEntry entry, Path storedFolder, Path rebuiltFolder) throws IOException {
        Path stored = storedFolder.resolve(entry.name());
        Path rebuilt = rebuiltFolder.resolve(entry.name());
        String rebuiltSha256 = Sha256.ofFile(rebuilt);
        if (!Files.exists(stored)) {
            return new FileComparison(entry.name(), entry.sha256(), null, rebuiltSha256, List.of());
        }
        String storedSha256 = Sha256.ofFile(stored);
        boolean lines = entry.name().endsWith(".csv") && !storedSha256.equals(rebuiltSha256);
        // What has the manifest's checksum is what was expected; a stored file that was changed is what was found.
        boolean storedWasChanged = rebuiltSha256.equals(entry.sha256());
        List<LineDifference> differences =
                !lines ? List.of() : storedWasChanged ? lines(rebuilt, stored) : lines(stored, rebuilt);
        return new FileComparison(entry.name(), entry.sha256(), storedSha256, rebuiltSha256, differences);
    }

    private static List<LineDifference> lines(Path expected, Path found) throws IOException {
        List<LineDifference> differences = new ArrayList<>();
        try (BufferedReader one = Files.newBufferedReader(expected);
                BufferedReader other = Files.newBufferedReader(found)) {
            String left = one.readLine();
            String right = other.readLine();
            for (long line = 1; (left != null || right != null) && differences.size() < SHOWN; line++) {
                if (!Objects.equals(left, right)) {
                    differences.add(new LineDifference(line, left, right));
                }
                left = left == null ? null : one.readLine();
                right = right == null ? null : other.readLine();
            }
        }
        return differences;
    }
}
