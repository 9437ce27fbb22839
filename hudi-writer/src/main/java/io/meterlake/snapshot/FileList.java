package io.meterlake.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.error.MeterlakeException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A table's list of files as text: CSV with a header, sorted by partition and name. Pure. */
final class FileList {
    static final Comparator<PinnedFile> ORDER =
            Comparator.comparing(PinnedFile::partition).thenComparing(PinnedFile::fileName);

    private static final String HEADER = "partition,file,size_bytes,sha256";
    private static final int COLUMNS = 4;

    private FileList() {}

    static String text(List<PinnedFile> files) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (PinnedFile file : files) {
            line(text, file).append(file.sha256().orElse("")).append('\n');
        }
        return text.toString();
    }

    /** SHA-256 of the list without the checksums of the files, which may be added later. */
    static String sha256(List<PinnedFile> files) {
        StringBuilder text = new StringBuilder();
        files.forEach(file -> line(text, file).append('\n'));
        return HexFormat.of().formatHex(digest().digest(text.toString().getBytes(UTF_8)));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static StringBuilder line(StringBuilder text, PinnedFile file) {
        return text.append(quoted(file.partition()))
                .append(',')
                .append(quoted(file.fileName()))
                .append(',')
                .append(file.sizeBytes())
                .append(',');
    }

    private static String quoted(String field) {
        boolean plain = field.chars().allMatch(c -> c != ',' && c != '"' && c >= ' ');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws MeterlakeException {@code SNAPSHOT_STORAGE} if it is something else
     */
    static List<PinnedFile> parse(String table, String text) {
        List<PinnedFile> files = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(text.charAt(++i));
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    add(table, files, fields);
                    fields.clear();
                }
            } else {
                field.append(c);
            }
        }
        if (!text.startsWith(HEADER + "\n") || quoted || !field.isEmpty() || !fields.isEmpty()) {
            throw unreadable(table, "it does not begin or end as it should");
        }
        return List.copyOf(files);
    }

    private static void add(String table, List<PinnedFile> files, List<String> fields) {
        if (String.join(",", fields).equals(HEADER)) {
            return;
        }
        if (fields.size() != COLUMNS || !fields.get(2).matches("[0-9]{1,18}")) {
            throw unreadable(table, "line " + (files.size() + 2) + " is not " + HEADER);
        }
        Optional<String> sha256 = Optional.of(fields.get(3)).filter(text -> !text.isEmpty());
        files.add(new PinnedFile(table, fields.get(0), fields.get(1), Long.parseLong(fields.get(2)), sha256));
    }

    private static MeterlakeException unreadable(String table, String reason) {
        return new MeterlakeException(
                SnapshotErrorCode.SNAPSHOT_STORAGE,
                "Cannot read the list of files of " + table + ": " + reason,
                "Restore the snapshot's folder from a backup, or drop the snapshot");
    }
}
