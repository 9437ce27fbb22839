package io.meterlake.storage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place in a bucket, or names below one that it can be resolved against. Immutable.
 *
 * <p>Two of one bucket are equal if their names are: nothing is asked of the store.
 */
final class ObjectPath implements Path {
    private final ObjectFileSystem fileSystem;
    private final boolean absolute;
    private final List<String> names;

    private ObjectPath(ObjectFileSystem fileSystem, boolean absolute, List<String> names) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    /** @param text names between slashes; it is absolute if it begins with one, or with the bucket's own location */
    static ObjectPath parse(ObjectFileSystem fileSystem, String text) {
        String bucket = fileSystem.store().location();
        boolean located = text.equals(bucket) || text.startsWith(bucket + "/");
        String path = located ? text.substring(bucket.length()) : text;
        List<String> names = Arrays.stream(path.split("/", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        return new ObjectPath(fileSystem, located || path.startsWith("/"), names);
    }

    /** The object's name in its bucket, as {@code lake/meter_readings/a.parquet}; empty for the bucket itself. */
    String key() {
        return String.join("/", names);
    }

    private ObjectPath with(boolean isAbsolute, List<String> changed) {
        return new ObjectPath(fileSystem, isAbsolute, changed);
    }

    private ObjectPath ours(Path other) {
        if (other instanceof ObjectPath path && path.fileSystem.equals(fileSystem)) {
            return path;
        }
        throw new ProviderMismatchException(
                other + " is not in " + fileSystem.store().location());
    }

    @Override
    public ObjectFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : with(false, List.of(names.getLast()));
    }

    @Override
    public @Nullable Path getParent() {
        if (names.isEmpty() || (names.size() == 1 && !absolute)) {
            return null;
        }
        return with(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int begin, int end) {
        if (begin < 0 || end > names.size() || begin >= end) {
            throw new IllegalArgumentException("names " + begin + " to " + end + " of " + this);
        }
        return with(false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof ObjectPath path
                && path.fileSystem.equals(fileSystem)
                && path.absolute == absolute
                && path.names.size() <= names.size()
                && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof ObjectPath path
                && path.fileSystem.equals(fileSystem)
                && (!path.absolute || equals(path))
                && path.names.size() <= names.size()
                && names.subList(names.size() - path.names.size(), names.size()).equals(path.names);
    }

    @Override
    public Path normalize() {
        Deque<String> kept = new ArrayDeque<>();
        for (String name : names) {
            if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!name.equals(".") && !(name.equals("..") && absolute)) {
                kept.addLast(name);
            }
        }
        return with(absolute, List.copyOf(kept));
    }

    @Override
    public Path resolve(Path other) {
        ObjectPath path = ours(other);
        if (path.absolute) {
            return path;
        }
        return with(absolute, Stream.concat(names.stream(), path.names.stream()).toList());
    }

    @Override
    public Path relativize(Path other) {
        ObjectPath path = ours(other);
        if (path.absolute != absolute) {
            throw new IllegalArgumentException("only one of " + this + " and " + other + " is absolute");
        }
        int common = 0;
        while (common < Math.min(names.size(), path.names.size())
                && names.get(common).equals(path.names.get(common))) {
            common++;
        }
        List<String> up = Collections.nCopies(names.size() - common, "..");
        return with(
                false,
                Stream.concat(up.stream(), path.names.stream().skip(common)).toList());
    }

    @Override
    public URI toUri() {
        try {
            return new URI(ObjectStore.SCHEME, fileSystem.store().bucket(), "/" + key(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Path toAbsolutePath() {
        return with(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("an object store does not tell of changes");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(ours(other).toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectPath path
                && path.fileSystem.equals(fileSystem)
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return requireNonNull(names).hashCode() * 31 + fileSystem.hashCode();
    }

    /** With scheme and bucket if it is absolute: what Hadoop, Trino and a user call it. */
    @Override
    public String toString() {
        return absolute ? fileSystem.store().location() + (names.isEmpty() ? "" : "/" + key()) : key();
    }
}
