package io.meterlake.writer.source;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.MeterFile;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.lake.LakeErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;

/**
 * A file to ingest, with its checksum, which is taken while the file is read; notices when it changes meanwhile. Not
 * thread-safe.
 */
public final class LandingFile implements MeterFile, AutoCloseable {
    private final LocalMeterFile file;
    private final FutureTask<String> checksum;
    private final long sizeBytes;
    private final FileTime modified;
    private final LongConsumer onBytes;

    private LandingFile(LocalMeterFile file, long sizeBytes, FileTime modified, LongConsumer onBytes) {
        this.file = file;
        this.checksum = new FutureTask<>(file::checksum);
        this.sizeBytes = sizeBytes;
        this.modified = modified;
        this.onBytes = onBytes;
    }

    /**
     * Opens a file, and begins to take its checksum on another thread. To be closed.
     *
     * @param onBytes is told how many bytes of the content, decompressed, have been read since the last {@link #open()}
     * @throws MeterlakeException {@code FILE_NOT_READABLE}
     */
    public static LandingFile of(Path path, LongConsumer onBytes) {
        try {
            LocalMeterFile file = new LocalMeterFile(path);
            FileTime modified = Files.getLastModifiedTime(path);
            long size = file.sizeBytes();
            LandingFile opened = new LandingFile(file, size, modified, onBytes);
            Thread.ofPlatform().daemon().name("checksum").start(opened.checksum);
            return opened;
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.FILE_NOT_READABLE,
                    "Cannot read the file " + path + ": " + FailedIo.reason(e),
                    "Check that the file exists and that you may read it",
                    e);
        }
    }

    @Override
    public String name() {
        return file.name();
    }

    /** SHA-256 of the file as it lies there, compressed or not, in hexadecimal. Waits until it is there. */
    public String checksum() throws IOException {
        try {
            return checksum.get();
        } catch (ExecutionException e) {
            throw new IOException("the checksum could not be taken: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * To be called when the content has been read: what was read must be what the checksum was taken of. Waits for
     * the checksum.
     *
     * @throws MeterlakeException {@code FILE_CHANGED}
     */
    public void refuseIfChanged() throws IOException {
        checksum();
        Path path = file.path();
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
        return new Counting(file.open());
    }

    /** Gives the checksum up if it is not there yet. */
    @Override
    public void close() {
        checksum.cancel(true);
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
