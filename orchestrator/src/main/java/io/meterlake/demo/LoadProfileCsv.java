package io.meterlake.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The text of one of {@link StadtwerkeNord}'s files, row by row. Not thread-safe. */
final class LoadProfileCsv {
    private static final String HEADER = "Marktlokation;OBIS-Kennzahl;Beginn;Wert;Einheit;Status;Erstellt\n";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private final StringBuilder rows = new StringBuilder(HEADER);
    private final String made;

    /** @param made when the utility made the file; the update time of all its rows */
    LoadProfileCsv(ZonedDateTime made) {
        this.made = TIME.format(made);
    }

    /** Adds a row. The start has its offset, so the hour that comes twice in autumn is no question. */
    void add(String meterId, String obis, ZonedDateTime start, String value, String status) {
        rows.append(String.join(";", meterId, obis, TIME.format(start), value, "kWh", status, made))
                .append('\n');
    }

    /** 1234 Wh are {@code 1,234}. */
    static String kilowattHours(long wattHours) {
        return wattHours / 1000 + "," + Long.toString(1000 + wattHours % 1000).substring(1);
    }

    /** The file; empty if it has no row. Java's gzip header has no time in it, so equal rows are equal bytes. */
    Optional<byte[]> gzip() {
        if (rows.length() == HEADER.length()) {
            return Optional.empty();
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(rows.toString().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't be written to", e);
        }
        return Optional.of(compressed.toByteArray());
    }
}
