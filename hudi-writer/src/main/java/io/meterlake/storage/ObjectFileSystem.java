package io.meterlake.storage;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** A bucket as {@code java.nio.file} sees it. One for each store. */
final class ObjectFileSystem extends FileSystem {
    private final ObjectStore store;
    private final ObjectFileSystemProvider provider = new ObjectFileSystemProvider();

    ObjectFileSystem(ObjectStore store) {
        this.store = store;
    }

    ObjectStore store() {
        return store;
    }

    @Override
    public ObjectFileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("a bucket stays open as long as the process");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(ObjectPath.parse(this, "/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public ObjectPath getPath(String first, String... more) {
        return ObjectPath.parse(this, more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    /** The patterns of the default file system, on the names in the bucket. */
    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(Path.of((path.isAbsolute() ? "/" : "") + ((ObjectPath) path).key()));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("a bucket has no users");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("an object store does not tell of changes");
    }
}
