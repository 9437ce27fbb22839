package io.meterlake.report;

import io.meterlake.lineage.Sha256;
import io.meterlake.snapshot.PinnedFile;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One checksum over the content of all base files of a table that a report reads. The list of a snapshot's files lies
 * beside the snapshot, with their checksums; the manifest, which a signature covers, has this one, so that nobody can
 * change a file and its line in the list unnoticed.
 *
 * <p>It is the SHA-256 over {@value #VERSION} and then, for each file in the order of partition and name, these two, the
 * size in bytes and the SHA-256 of the content, each as {@link Sha256#add} takes them.
 */
final class InputProof {
    private static final String VERSION = "meterlake input 1";

    private InputProof() {}

    /**
     * The checksum, in lower-case hex.
     *
     * @param files of one table; those of other folders are left out
     * @param partitions the folders that are read
     */
    static String sha256(List<PinnedFile> files, Collection<String> partitions) {
        Sha256 sha256 = new Sha256().add(VERSION);
        files.stream()
                .filter(file -> partitions.contains(file.partition()))
                .sorted(Comparator.comparing(PinnedFile::partition).thenComparing(PinnedFile::fileName))
                .forEach(file -> sha256.add(file.partition())
                        .add(file.fileName())
                        .add(Long.toString(file.sizeBytes()))
                        .add(file.sha256().orElse(null)));
        return sha256.hex();
    }
}
