package io.meterlake.format.file;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.MeterFile;
import io.meterlake.format.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file on this machine: plain, gzip of any number of members, zstd of any number of frames, or a zip with one file in
 * it. Which of them is told by the first bytes, not by the name. Thread-safe, as long as nobody changes the file.
 */
public final class LocalMeterFile implements MeterFile {
    private enum Compression {
        NONE,
        GZIP,
        ZIP,
        ZSTD
    }

    private final Path path;
    private final ExpansionLimits limits;

    public LocalMeterFile(Path path) {
        this(path, ExpansionLimits.STANDARD);
    }

    LocalMeterFile(Path path, ExpansionLimits limits) {
        this.path = requireNonNull(path, "path is null");
        this.limits = limits;
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    @Override
    public String name() {
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    /** The size of the file as delivered. */
    public long sizeBytes() throws IOException {
        return Files.size(path);
    }

    /** SHA-256 of the bytes as delivered, compressed if they are, in 64 hexadecimal digits in lower case. */
    public String checksum() throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
            byte[] buffer = new byte[256 * 1024];
            while (in.read(buffer) >= 0) {
                // Reading is what feeds the digest.
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }

    /**
     * @throws UnreadableFileException here or while reading, if the compressed form is damaged or cut off, expands
     *     beyond all measure, or is a zip of several files
     */
    @Override
    public InputStream open() throws IOException {
        Compression compression = compression();
        if (compression == Compression.NONE) {
            return Files.newInputStream(path);
        }
        long size = sizeBytes();
        InputStream content = switch (compression) {
            case ZIP -> SingleZipEntry.open(path, name());
            case ZSTD -> openStream(ZstdFrames::new);
            case GZIP, NONE -> openStream(GzipMembers::new);
        };
        return new BufferedInputStream(new BoundedExpansion(content, name(), size, limits), 64 * 1024);
    }

    private interface Decompressor {
        InputStream open(InputStream compressed, String fileName) throws IOException;
    }

    private InputStream openStream(Decompressor decompressor) throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            return decompressor.open(in, name());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private Compression compression() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] magic = in.readNBytes(4);
            if (magic.length >= 2 && magic[0] == 0x1F && (magic[1] & 0xFF) == 0x8B) {
                return Compression.GZIP;
            }
            if (ZstdFrames.begins(magic)) {
                return Compression.ZSTD;
            }
            boolean zip = magic.length == 4
                    && magic[0] == 'P'
                    && magic[1] == 'K'
                    && ((magic[2] == 3 && magic[3] == 4) || (magic[2] == 5 && magic[3] == 6));
            return zip ? Compression.ZIP : Compression.NONE;
        }
    }
}
