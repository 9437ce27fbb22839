package io.meterlake.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket of an object store that speaks S3. What is written goes there in parts as it comes, from memory, and appears
 * as a whole when it is closed; what a process that was killed has sent of an object never appears.
 */
public final class ObjectStore implements Storage {
    static final String SCHEME = "s3a";

    private static final Map<Opened, ObjectStore> OPEN = new ConcurrentHashMap<>();

    private final String bucket;
    private final S3Settings settings;
    /** Hadoop reads its files of settings for each that is made, and every question to the store needs one. */
    private @Nullable Configuration hadoop;

    private final ObjectFileSystem paths = new ObjectFileSystem(this);

    private record Opened(String bucket, S3Settings settings) {}

    private ObjectStore(String bucket, S3Settings settings) {
        this.bucket = bucket;
        this.settings = settings;
    }

    /** Whether a text names a place in an object store: it begins with {@code s3a://} or {@code s3://}. */
    public static boolean isLocation(String text) {
        return text.startsWith("s3a://") || text.startsWith("s3://");
    }

    /**
     * A place in a bucket. Nothing is asked of the store.
     *
     * @param location such as {@code s3a://bucket/lake}; {@code s3://} means the same
     * @throws IllegalArgumentException it {@linkplain #isLocation is none}, or names no bucket
     */
    public static Path path(String location, S3Settings settings) {
        if (!isLocation(location)) {
            throw new IllegalArgumentException(location + " does not begin with s3a:// or s3://");
        }
        String place = location.substring(location.indexOf("://") + 3);
        int slash = place.indexOf('/');
        String bucket = slash < 0 ? place : place.substring(0, slash);
        if (!bucket.matches("[a-z0-9][a-z0-9.-]+")) {
            throw new IllegalArgumentException(location + " names no bucket");
        }
        ObjectStore store = Objects.requireNonNull(
                OPEN.computeIfAbsent(new Opened(bucket, settings), opened -> new ObjectStore(bucket, settings)));
        return ObjectPath.parse(store.paths, slash < 0 ? "/" : place.substring(slash));
    }

    /** The path of an object. */
    Path at(String key) {
        return ObjectPath.parse(paths, "/" + key);
    }

    String bucket() {
        return bucket;
    }

    /** The bucket itself, as {@code s3a://bucket}. */
    String location() {
        return SCHEME + "://" + bucket;
    }

    /** Hadoop's view of the bucket; it keeps one for the whole process. */
    FileSystem fileSystem() throws IOException {
        return name(ObjectPath.parse(paths, "/")).getFileSystem(configuration());
    }

    /** The client that Hadoop's view of the bucket uses, with the same credentials. */
    S3Client client() throws IOException {
        if (fileSystem() instanceof S3AFileSystem s3a) {
            return s3a.getS3AInternals().getAmazonS3Client("locks");
        }
        throw new IOException("Hadoop does not take " + location() + " for an object store");
    }

    /** Hadoop's name of a path. */
    org.apache.hadoop.fs.Path name(Path path) {
        return new org.apache.hadoop.fs.Path(SCHEME, bucket, "/" + ((ObjectPath) path).key());
    }

    @Override
    public String location(Path path) {
        return path.toString();
    }

    @Override
    public boolean isAt(String place, Path path) {
        return ObjectPath.parse(paths, withScheme(place)).normalize().equals(path);
    }

    /** Trino writes {@code s3://} where Hadoop has its own scheme. */
    private static String withScheme(String location) {
        return location.startsWith("s3://") ? SCHEME + location.substring("s3".length()) : location;
    }

    @Override
    public Optional<Path> path(String location) {
        String place = location() + "/";
        String there = withScheme(location);
        return there.startsWith(place) ? Optional.of(at(there.substring(place.length()))) : Optional.empty();
    }

    /** The store copies it. */
    @Override
    public void share(Path file, Path name) throws IOException {
        try {
            client().copyObject(copy -> copy.sourceBucket(bucket)
                    .sourceKey(((ObjectPath) file).key())
                    .destinationBucket(bucket)
                    .destinationKey(((ObjectPath) name).key()));
        } catch (SdkException e) {
            throw new IOException("the store did not copy " + file + " to " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Configuration hadoop() {
        return new Configuration(configuration());
    }

    private synchronized Configuration configuration() {
        if (hadoop == null) {
            Configuration made = new Configuration();
            settings.hadoop().forEach(made::set);
            hadoop = made;
        }
        return hadoop;
    }

    @Override
    public OutputFile output(Path file) {
        try {
            return HadoopOutputFile.fromPath(name(file), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputFile input(Path file) {
        try {
            return HadoopInputFile.fromPath(name(file), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void replace(Path file, String text) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(text.getBytes(UTF_8));
        }
    }

    /** Does nothing: what was closed is there to stay. */
    @Override
    public void force(Path file) {}

    /** Does nothing: there are no folders. */
    @Override
    public void forceFolder(Path folder) {}

    @Override
    public Map<Path, Long> filesBelow(Path folder, String suffix) throws IOException {
        Map<Path, Long> files = new HashMap<>();
        try {
            RemoteIterator<LocatedFileStatus> found = fileSystem().listFiles(name(folder), true);
            while (found.hasNext()) {
                LocatedFileStatus file = found.next();
                if (file.getPath().getName().endsWith(suffix)) {
                    files.put(ObjectPath.parse(paths, file.getPath().toUri().getPath()), file.getLen());
                }
            }
        } catch (FileNotFoundException e) {
            NoSuchFileException missing = new NoSuchFileException(folder.toString());
            missing.initCause(e);
            throw missing;
        }
        return files;
    }

    /** In this machine's folder for temporary files. */
    @Override
    public Path scratch(Path root) {
        return Path.of(System.getProperty("java.io.tmpdir"), "meterlake-spill");
    }

    @Override
    public ProcessLock lock(Path file) {
        return new LeaseLock(new LeaseObject(this, ((ObjectPath) file).key()));
    }

    @Override
    public SharedLock sharedLock(Path file) {
        return new SharedLeases(this, ((ObjectPath) file).key());
    }
}
