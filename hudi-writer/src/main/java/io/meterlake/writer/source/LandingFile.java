package io.meterlake.writer.source;

import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import io.meterlake.format.MeterFile;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.lake.LakeErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.LongConsumer;

/** A file to ingest, with its checksum; notices when it changes while it is read. Not thread-safe. */
public final class LandingFile implements MeterFile {
    private final LocalMeterFile file;
    private final String checksum;
    private final long sizeBytes;
    private final FileTime modified;
    private final LongConsumer onBytes;

    private LandingFile(LocalMeterFile file, String checksum, long sizeBytes, FileTime modified, LongConsumer onBytes) {
        this.file = file;
        this.checksum = checksum;
        this.sizeBytes = sizeBytes;
        this.modified = modified;
        this.onBytes = onBytes;
    }

    /**
     * Opens a file and takes its checksum.
     *
     * @param onBytes is told how many bytes of the content, decompressed, have been read since the last {@link #open()}
     * @throws MeterlakeException {@code FILE_NOT_READABLE}
     */
    public static LandingFile of(Path path, LongConsumer onBytes) {
        try {
            LocalMeterFile file = new LocalMeterFile(path);
            FileTime modified = Files.getLastModifiedTime(path);
            long size = file.sizeBytes();
            return new LandingFile(file, file.checksum(), size, modified, onBytes);
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
