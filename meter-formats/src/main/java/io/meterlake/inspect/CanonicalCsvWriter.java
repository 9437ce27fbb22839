package io.meterlake.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.meterlake.format.csv.CsvField;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes readings as CSV (RFC 4180, UTF-8, lines end with LF) with the columns of {@link CsvField#CANONICAL}. Times are
 * UTC with a Z, values plain decimals without trailing zeros; what the file does not give is empty. Not thread-safe.
 */
public final class CanonicalCsvWriter implements ReadingSink {
    private static final int LONGEST_NUMBERS = 128;
    private static final int ONE = 1_000_000;

    @SuppressWarnings("ArrayRecordComponent") // Never compared; three texts that belong together.
    private record Texts(byte[] before, byte[] between, byte[] after) {}

    private final OutputStream out;
    private final Consumer<Reject> rejectConsumer;
    private final byte[] buffer = new byte[64 * 1024];
    private int size;
    private final List<Texts> series = new ArrayList<>();
    private final Map<Series, Integer> seriesHandles = new HashMap<>();
    private final List<byte[]> grades = new ArrayList<>();
    private final Map<Grade, Integer> gradeHandles = new HashMap<>();
    private long lastStart = NO_TIME;
    private byte[] lastStartText = {};
    private long lastRecorded = NO_TIME;
    private byte[] lastRecordedText = {};
    private long readings;
    private long rejects;

    /** @param out gets the header line at once */
    public CanonicalCsvWriter(OutputStream out, Consumer<Reject> rejects) {
        this.out = out;
        this.rejectConsumer = rejects;
        write((CsvField.CANONICAL.stream().map(CsvField::label).collect(joining(",")) + "\n").getBytes(UTF_8));
    }

    @Override
    public int series(Series declared) {
        return seriesHandles.computeIfAbsent(declared, s -> {
            series.add(new Texts(
                    (quoted(s.meterId()) + "," + quoted(s.channel()) + ",").getBytes(UTF_8),
                    ("," + s.intervalMinutes() + ",").getBytes(UTF_8),
                    ("," + quoted(s.unit()) + ",").getBytes(UTF_8)));
            return series.size() - 1;
        });
    }

    @Override
    public int grade(Grade declared) {
        return gradeHandles.computeIfAbsent(declared, g -> {
            grades.add((g.quality().label() + "," + quoted(g.code()) + ",").getBytes(UTF_8));
            return grades.size() - 1;
        });
    }

    /** Quotes what needs it; spaces at an end do, as a reader may trim them. */
    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && !text.startsWith(" ")
                && !text.endsWith(" ");
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void reading(int handle, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        Texts texts = series.get(handle);
        if (startMicros != lastStart) {
            lastStart = startMicros;
            lastStartText = time(startMicros);
        }
        if (recordedAtMicros != lastRecorded) {
            lastRecorded = recordedAtMicros;
            lastRecordedText = recordedAtMicros == NO_TIME ? new byte[0] : time(recordedAtMicros);
        }
        write(texts.before());
        write(lastStartText);
        write(texts.between());
        if (scaledValue != NO_VALUE) {
            value(scaledValue);
        }
        write(texts.after());
        write(grades.get(grade));
        write(lastRecordedText);
        ensure(1);
        buffer[size++] = '\n';
        readings++;
    }

    /** {@link Instant#toString}, which has seconds always and a fraction only when there is one. */
    static byte[] time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString().getBytes(ISO_8859_1);
    }

    private void value(long scaled) {
        ensure(LONGEST_NUMBERS);
        if (scaled < 0) {
            buffer[size++] = '-';
        }
        long magnitude = Math.abs(scaled);
        size = digits(magnitude / ONE);
        int fraction = (int) (magnitude % ONE);
        if (fraction != 0) {
            buffer[size++] = '.';
            for (int unit = ONE / 10; fraction != 0; unit /= 10) {
                buffer[size++] = (byte) ('0' + fraction / unit);
                fraction %= unit;
            }
        }
    }

    private int digits(long number) {
        int count = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            count++;
        }
        long rest = number;
        for (int at = size + count - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return size + count;
    }

    @Override
    public void reject(Reject reject) {
        rejects++;
        rejectConsumer.accept(reject);
    }

    /** How many readings were written. */
    public long readings() {
        return readings;
    }

    /** How many rejects were passed on. */
    public long rejects() {
        return rejects;
    }

    private void write(byte[] bytes) {
        if (bytes.length > buffer.length) {
            drain();
            toOut(bytes, bytes.length);
            return;
        }
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void ensure(int room) {
        if (buffer.length - size < room) {
            drain();
        }
    }

    private void drain() {
        toOut(buffer, size);
        size = 0;
    }

    /** A sink can't throw what a stream does. */
    private void toOut(byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes on everything that was written. */
    public void flush() throws IOException {
        drain();
        out.flush();
    }
}
