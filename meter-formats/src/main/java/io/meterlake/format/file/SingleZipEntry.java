package io.meterlake.format.file;

import io.meterlake.format.UnreadableFileException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The one file in a zip. What macOS and Windows put beside it for themselves does not count. */
final class SingleZipEntry extends FilterInputStream {
    private static final String SEND_AGAIN = "The file was cut short or changed on its way: send it again.";
    private static final int SKIP_STEP = 64 * 1024;

    private final ZipFile zip;
    private final ZipEntry entry;
    private final String fileName;
    private final CRC32 checksum = new CRC32();

    private SingleZipEntry(ZipFile zip, ZipEntry entry, String fileName) throws IOException {
        super(zip.getInputStream(entry));
        this.zip = zip;
        this.entry = entry;
        this.fileName = fileName;
    }

    static SingleZipEntry open(Path path, String fileName) throws IOException {
        ZipFile zip = openZip(path, fileName);
        try {
            List<? extends ZipEntry> entries =
                    zip.stream().filter(SingleZipEntry::isData).toList();
            if (entries.size() != 1) {
                throw new UnreadableFileException(
                        "Cannot read %s: the zip holds %d files%s"
                                .formatted(fileName, entries.size(), entries.isEmpty() ? "" : ": " + names(entries)),
                        "A zip must hold exactly one meter file: unpack it, and ingest the files one by one.");
            }
            return new SingleZipEntry(zip, entries.get(0), fileName);
        } catch (ZipException e) {
            zip.close();
            throw damaged(fileName, e);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile openZip(Path path, String fileName) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw damaged(fileName, e);
        }
    }

    private static boolean isData(ZipEntry entry) {
        String name = entry.getName();
        String last = name.substring(name.lastIndexOf('/') + 1);
        return !entry.isDirectory()
                && !name.startsWith("__MACOSX/")
                && !last.equals(".DS_Store")
                && !last.equals("Thumbs.db");
    }

    private static String names(List<? extends ZipEntry> entries) {
        List<String> names = entries.stream().limit(5).map(ZipEntry::getName).toList();
        return String.join(", ", names) + (entries.size() > names.size() ? ", …" : "");
    }

    private static UnreadableFileException damaged(String fileName, IOException cause) {
        return new UnreadableFileException(
                "Cannot read %s: the zip is damaged (%s)".formatted(fileName, cause.getMessage()), SEND_AGAIN, cause);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Checks the checksum at the end, which {@link ZipFile} does not do. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = super.read(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
            } else if (count < 0 && entry.getCrc() != -1 && entry.getCrc() != checksum.getValue()) {
                throw new ZipException("its content does not match its checksum");
            }
            return count;
        } catch (ZipException | EOFException e) {
            throw damaged(fileName, e);
        }
    }

    @Override
    public long skip(long wanted) throws IOException {
        return readNBytes((int) Math.min(Math.max(wanted, 0), SKIP_STEP)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            super.close();
        }
    }
}
