package io.meterlake.writer;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A format for tests: tab-separated {@link Line}s, by acme unless the file's name begins with {@code unsigned}. A line that begins with {@code reject} is one, and a line
 * {@code void} makes the file void.
 */
public final class LineFormat implements MeterFormat {
    static final LineFormat INSTANCE = new LineFormat(false);

    /** Reads lines, too, that begin with {@code reject} and a tab. */
    static final LineFormat MENDED = new LineFormat(true);

    private static final int FIELDS = 10;
    private static final String MENDABLE = "reject\t";

    private final boolean isMended;

    private LineFormat(boolean isMended) {
        this.isMended = isMended;
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public boolean recognises(byte[] head) {
        return true;
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.equals("void")) {
                    throw new UnreadableFileException("Cannot read " + file.name() + ": it is void", "Send it again");
                } else if (isMended && line.startsWith(MENDABLE)) {
                    push(line.substring(MENDABLE.length()).split("\t", -1), number, sink);
                } else if (line.startsWith("reject")) {
                    sink.reject(new Reject(number, "value", "not a number", "Send a number", line));
                } else {
                    push(line.split("\t", -1), number, sink);
                }
            }
        }
        return new FileHeader(file.name().startsWith("unsigned") ? "" : "acme");
    }

    private static void push(String[] fields, long number, ReadingSink sink) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("line " + number + " has " + fields.length + " fields");
        }
        boolean noZone = fields[2].isEmpty();
        ZoneId zone = ZoneId.of(noZone ? "UTC" : fields[2]);
        int minutes = Integer.parseInt(fields[4]);
        int series = sink.series(new Series(fields[0], fields[1], fields[6], minutes, zone, noZone));
        int grade = sink.grade(new Grade(Quality.valueOf(fields[7].toUpperCase(Locale.ROOT)), fields[8]));
        long value = fields[5].isEmpty()
                ? ReadingSink.NO_VALUE
                : new BigDecimal(fields[5])
                        .setScale(ReadingSink.VALUE_SCALE)
                        .unscaledValue()
                        .longValueExact();
        long recorded = fields[9].isEmpty() ? ReadingSink.NO_TIME : micros(fields[9]);
        sink.reading(series, micros(fields[3]), value, grade, recorded, number);
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }
}
