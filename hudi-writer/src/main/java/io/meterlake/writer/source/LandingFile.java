package io.meterlake.writer.source;

import io.meterlake.error.MeterlakeException;
import io.meterlake.format.MeterFile;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.lake.LakeErrorCode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file to ingest: plain, or compressed with gzip (told by its first two bytes). Not thread-safe.
 */
public final class LandingFile implements MeterFile {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final String checksum;
    private final long sizeBytes;
    private final FileTime modified;
    private final LongConsumer onBytes;

    private LandingFile(Path path, String checksum, long sizeBytes, FileTime modified, LongConsumer onBytes) {
        this.path = path;
        this.checksum = checksum;
        this.sizeBytes = sizeBytes;
        this.modified = modified;
        this.onBytes = onBytes;
    }

    /**
     * Opens a file and takes its checksum.
     *
     * @param onBytes is told how many bytes of the file have been read since the last {@link #open()}
     * @throws MeterlakeException {@code FILE_NOT_READABLE}
     */
    public static LandingFile of(Path path, LongConsumer onBytes) {
        try {
            FileTime modified = Files.getLastModifiedTime(path);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = 0;
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    size += read;
                }
            }
            return new LandingFile(path, HexFormat.of().formatHex(digest.digest()), size, modified, onBytes);
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.FILE_NOT_READABLE,
                    "Cannot read the file " + path + ": " + e,
                    "Check that the file exists and that you may read it",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    /** SHA-256 of the file as it lies there, compressed or not, in hexadecimal. */
    public String checksum() {
        return checksum;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * To be called when the content has been read: what was read must be what the checksum was taken of.
     *
     * @throws MeterlakeException {@code FILE_CHANGED}
     */
    public void refuseIfChanged() throws IOException {
        if (Files.size(path) != sizeBytes || !Files.getLastModifiedTime(path).equals(modified)) {
            throw new MeterlakeException(
                    LakeErrorCode.FILE_CHANGED,
                    "Cannot ingest " + path + ": it changed while it was read",
                    "Wait until the file is delivered completely; deliver under another name (.part) and rename at the"
                            + " end");
        }
    }

    @Override
    public InputStream open() throws IOException {
        PushbackInputStream raw =
                new PushbackInputStream(new BufferedInputStream(new Counting(Files.newInputStream(path)), BUFFER), 2);
        try {
            byte[] magic = raw.readNBytes(2);
            raw.unread(magic);
            boolean gzip = magic.length == 2 && (magic[0] & 0xff) == GZIP_FIRST && (magic[1] & 0xff) == GZIP_SECOND;
            return gzip ? new Decompressed(raw) : raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static UnreadableFileException damaged(String name, IOException cause) {
        return new UnreadableFileException(
                "Cannot read " + name + ": the gzip stream is damaged or cut off (" + cause.getMessage() + ")",
                "Ask the sender for the file again",
                cause);
    }

    /** Tells damage of the compressed form from a disk that fails. */
    private final class Decompressed extends FilterInputStream {
        Decompressed(InputStream raw) throws IOException {
            super(gunzip(raw));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? read : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (ZipException | EOFException e) {
                throw damaged(name(), e);
            }
        }
    }

    private InputStream gunzip(InputStream raw) throws IOException {
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (ZipException | EOFException e) {
            throw damaged(name(), e);
        }
    }

    private final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            if (value >= 0) {
                onBytes.accept(++count);
            }
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            if (read > 0) {
                count += read;
                onBytes.accept(count);
            }
            return read;
        }
    }
}
