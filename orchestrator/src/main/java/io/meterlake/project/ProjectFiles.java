package io.meterlake.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;

/** The files of a project's folders, in the order of their names. */
final class ProjectFiles {
    /**
     * A file.
     *
     * @param path on this machine
     * @param file relative to the project folder, with {@code /}
     * @param folders the folders between the configured one and the file
     * @param stem the name without its extension
     * @param extension in lower case, without the dot
     */
    record Entry(Path path, String file, List<String> folders, String stem, String extension) {
        boolean isYaml() {
            return extension.equals("yml") || extension.equals("yaml");
        }

        Location location() {
            return Location.of(file);
        }
    }

    private static final byte[] ENVIRONMENT = "env_var".getBytes(StandardCharsets.UTF_8);

    private final Path project;
    private final Problems problems;
    private final MessageDigest digest = Checksum.sha256();
    private boolean readsEnvironment;

    ProjectFiles(Path project, Problems problems) {
        this.project = project;
        this.problems = problems;
    }

    /** The files below some folders; folders that do not exist hold none. */
    List<Entry> in(List<String> folders) {
        List<Entry> entries = new ArrayList<>();
        for (String folder : folders) {
            Path root = project.resolve(folder).normalize();
            if (Files.isDirectory(root)) {
                collect(root, entries);
            }
        }
        entries.sort(Comparator.comparing(Entry::file));
        return entries;
    }

    private void collect(Path root, List<Entry> entries) {
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            return isHidden(folder) && !folder.equals(root)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                            if (!isHidden(path)) {
                                entries.add(entry(root, path));
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + root, e);
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private Entry entry(Path root, Path path) {
        List<String> folders = new ArrayList<>();
        Path parent = root.relativize(path).getParent();
        if (parent != null) {
            parent.forEach(part -> folders.add(part.toString()));
        }
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
        String file = project.relativize(path).toString().replace('\\', '/');
        return new Entry(path, file, List.copyOf(folders), stem, extension);
    }

    /** A file's text without a byte order mark. */
    String text(Entry entry) {
        return text(entry, bytes(entry));
    }

    /** The text that a file's bytes are, without a byte order mark. */
    String text(Entry entry, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add(entry.location(), "not UTF-8 text");
            return "";
        }
    }

    byte[] bytes(Entry entry) {
        return bytes(entry.path(), entry.file());
    }

    /**
     * What a file holds, which counts for {@link #contents} from now on.
     *
     * @param file relative to the project folder
     */
    byte[] bytes(Path path, String file) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            digest.update((file + '\0' + bytes.length + '\0').getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            readsEnvironment |= holds(bytes, ENVIRONMENT);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    private static boolean holds(byte[] bytes, byte[] word) {
        for (int i = 0; i + word.length <= bytes.length; i++) {
            if (bytes[i] == word[0] && Arrays.equals(bytes, i, i + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    /** What the files hold that were read until now, in the order in which they were; the last call. */
    ProjectContents contents() {
        return new ProjectContents(HexFormat.of().formatHex(digest.digest()), readsEnvironment);
    }
}
