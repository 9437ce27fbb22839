package io.meterlake.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meterlake.json.JsonDocuments;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry as it stands in a file: one JSON object whose last member is the SHA-256 of the same object without it, in
 * lower-case hex.
 */
record AuditLine(AuditEntry entry, String hash, boolean isAsWritten) {
    /** Stands for the hash before the first entry. */
    static final String START = "0".repeat(64);

    private static final Pattern LINE = Pattern.compile("(\\{.*),\"hash\":\"([0-9a-f]{64})\"}");

    static AuditLine of(AuditEntry entry) {
        return new AuditLine(entry, hash(JsonDocuments.compact(entry)), true);
    }

    /** Reads a line; empty if it is none, as what a process that was killed wrote last may be. */
    static Optional<AuditLine> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String object = parts.group(1) + "}";
        try {
            AuditEntry entry = JsonDocuments.read(object, AuditEntry.class);
            return Optional.of(new AuditLine(entry, parts.group(2), hash(object).equals(parts.group(2))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String text() {
        String object = JsonDocuments.compact(entry);
        return object.substring(0, object.length() - 1) + ",\"hash\":\"" + hash + "\"}";
    }

    private static String hash(String object) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(object.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
