package io.meterlake.lineage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a list of texts in which no two lists can look alike: each text goes in as its length in bytes (four
 * bytes, big-endian) and its UTF-8; null as the length -1. Not thread-safe.
 */
public final class Sha256 {
    private final MessageDigest digest = digest();

    /** Adds a text, or null, which is not the empty text. */
    public Sha256 add(@Nullable String text) {
        if (text == null) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(-1).flip());
            return this;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    /** Adds bytes of a known length, such as another digest. */
    public Sha256 addRaw(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    public byte[] bytes() {
        return digest.digest();
    }

    /** In lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The plain SHA-256 of a file's bytes, as {@code sha256sum} prints it. */
    public static String ofFile(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
