package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.CommittedFiles;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeFiles;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.MissingFile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a table has all that it had, before all of its files are written anew. For the holder of the lake's lock. */
public final class WholeTable {
    private static final int SHOWN = 3;

    private WholeTable() {}

    /**
     * Refuses to go on without a file that a commit of the active timeline or a savepoint names, or a day that the metastore
     * has and that has no folder: the commits that wrote it may be archived. The metastore makes the folder of each day that
     * it is told of, also where nothing was committed then.
     *
     * @param action what is refused, as in "Cannot rewrite the readings"
     * @throws MeterlakeException {@code MISSING_BASE_FILE}, {@code LAKE_STORAGE}, {@code METASTORE_DOWN}
     */
    public static void require(Lake lake, LakeTable table, String action) {
        List<String> missing = Stream.concat(
                        new CommittedFiles(table).missing().stream().map(MissingFile::text),
                        lake.registeredDays(table.definition()).stream()
                                .map(day -> table.definition().partitionColumn().orElseThrow() + "=" + day)
                                .filter(partition ->
                                        !LakeFiles.isFolder(table.folder().resolve(partition)))
                                .map(partition ->
                                        "the folder " + table.definition().name() + "/" + partition)
                                .sorted())
                .toList();
        if (!missing.isEmpty()) {
            throw missing(action, table, missing);
        }
    }

    /** @param missing each of the things that are not there, in words; at least one */
    static MeterlakeException missing(String action, LakeTable table, List<String> missing) {
        int more = missing.size() - SHOWN;
        return new MeterlakeException(
                LakeErrorCode.MISSING_BASE_FILE,
                "Cannot " + action + ": "
                        + missing.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + " is not there"
                        + (more > 0 ? ", and " + more + " more are missing" : ""),
                "Bring it back to " + table.folder().getParent()
                        + " from a backup (`./meterlake doctor` lists all files that are missing). If it is lost for good,"
                        + " `ingest --without-missing-files` goes on from the file before it;"
                        + " docs/recovery.md tells what is lost then");
    }
}
