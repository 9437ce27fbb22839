package io.meterlake.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * What {@code java.nio.file.Files} asks of a bucket, by Hadoop's S3A. An object appears as a whole when its stream is
 * closed, in the place of the one before it. There are no folders: one is there as long as there is an object below it,
 * so making one does nothing.
 */
final class ObjectFileSystemProvider extends FileSystemProvider {
    /** A call of Hadoop's, with its exceptions put into those that {@code java.nio.file} promises. */
    private interface Call<T> {
        T call() throws IOException;
    }

    private static <T> T asking(Path path, Call<T> call) throws IOException {
        try {
            return call.call();
        } catch (FileNotFoundException e) {
            NoSuchFileException missing = new NoSuchFileException(path.toString());
            missing.initCause(e);
            throw missing;
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            FileAlreadyExistsException present = new FileAlreadyExistsException(path.toString());
            present.initCause(e);
            throw present;
        }
    }

    private static ObjectStore store(Path path) {
        return ((ObjectPath) path).getFileSystem().store();
    }

    private static org.apache.hadoop.fs.FileSystem hadoop(Path path) throws IOException {
        return store(path).fileSystem();
    }

    private static org.apache.hadoop.fs.Path name(Path path) {
        return store(path).name(path);
    }

    @Override
    public String getScheme() {
        return ObjectStore.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException("a bucket is opened by ObjectStore");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("a bucket is opened by ObjectStore");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("a bucket is opened by ObjectStore");
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return asking(path, () -> hadoop(path).open(name(path)));
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        Set<OpenOption> wanted = Set.of(options);
        if (wanted.contains(StandardOpenOption.APPEND)) {
            throw new UnsupportedOperationException("an object cannot be appended to: " + path);
        }
        boolean overwrite = !wanted.contains(StandardOpenOption.CREATE_NEW);
        return asking(path, () -> hadoop(path).create(name(path), overwrite));
    }

    /** For reading. */
    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (options.stream().anyMatch(option -> option != StandardOpenOption.READ)) {
            throw new UnsupportedOperationException("an object is written by a stream: " + path);
        }
        return asking(
                path,
                () -> new ObjectChannel(
                        hadoop(path).open(name(path)),
                        hadoop(path).getFileStatus(name(path)).getLen()));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        FileStatus[] found = asking(folder, () -> hadoop(folder).listStatus(name(folder)));
        List<Path> paths = new ArrayList<>();
        for (FileStatus each : found) {
            Path path = folder.resolve(each.getPath().getName());
            if (!path.equals(folder) && filter.accept(path)) {
                paths.add(path);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return paths.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {}

    @Override
    public void delete(Path path) throws IOException {
        asking(path, () -> {
            FileStatus status = hadoop(path).getFileStatus(name(path));
            if (status.isDirectory() && hadoop(path).listStatus(name(path)).length > 0) {
                throw new DirectoryNotEmptyException(path.toString());
            }
            return hadoop(path).delete(name(path), false);
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("nothing copies objects");
    }

    /** The target appears in one step; until the source is gone, both are there. A target that is there stays. */
    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        if (List.of(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
            throw new UnsupportedOperationException("an object takes the place of another by being written: " + target);
        }
        asking(source, () -> {
            if (!hadoop(source).rename(name(source), name(target))) {
                throw new IOException("the store did not move " + source + " to " + target);
            }
            return target;
        });
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("a bucket has no end");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        readAttributes(path, BasicFileAttributes.class);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException(type.getName());
        }
        return type.cast(new ObjectAttributes(asking(path, () -> hadoop(path).getFileStatus(name(path)))));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException(attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException(attribute);
    }
}
