package io.meterlake.inspect;

import static io.meterlake.inspect.CanonicalCsvWriter.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.RegisterPeriod;
import io.meterlake.reading.RegisterRead;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes what registers advanced as CSV (RFC 4180, UTF-8, lines end with LF), with columns that are none of interval
 * readings. Times are UTC with a Z, values plain decimals; what the file does not give is empty. Not thread-safe.
 */
final class RegisterCsvWriter implements ReadingSink {
    private static final String HEADER = "meter_id,channel,register_id,meter_serial,flow,"
            + "previous_read_at,previous_read,previous_quality,previous_quality_code,"
            + "current_read_at,current_read,current_quality,current_quality_code,"
            + "quantity,unit,agreement,recorded_at\n";

    private final OutputStream out;
    private final Consumer<Reject> rejectConsumer;
    private long periods;
    private long rejects;

    /** @param out gets the header line at once */
    RegisterCsvWriter(OutputStream out, Consumer<Reject> rejects) {
        this.out = out;
        this.rejectConsumer = rejects;
        write(HEADER);
    }

    @Override
    public int series(Series series) {
        return 0;
    }

    @Override
    public int grade(Grade grade) {
        return 0;
    }

    @Override
    public void reading(int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        throw new IllegalStateException("a reading of an interval among reads of registers");
    }

    @Override
    public void registerPeriod(RegisterPeriod period) {
        periods++;
        write(String.join(
                        ",",
                        quoted(period.meterId()),
                        quoted(period.channel()),
                        quoted(period.registerId()),
                        quoted(period.meterSerial()),
                        word(period.flow()),
                        columns(period.previous()),
                        columns(period.current()),
                        number(period.scaledQuantity()),
                        quoted(period.unit()),
                        word(period.agreement()),
                        time(period.recordedAtMicros()))
                + "\n");
    }

    private static String columns(RegisterRead read) {
        return String.join(
                ",",
                time(read.atMicros()),
                number(read.scaledValue()),
                read.grade().quality().label(),
                quoted(read.grade().code()));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long micros) {
        return micros == NO_TIME ? "" : new String(CanonicalCsvWriter.time(micros), UTF_8);
    }

    private static String number(long scaled) {
        if (scaled == NO_VALUE) {
            return "";
        }
        BigDecimal value = BigDecimal.valueOf(scaled, VALUE_SCALE);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    @Override
    public void reject(Reject reject) {
        rejects++;
        rejectConsumer.accept(reject);
    }

    /** How many periods were written. */
    long periods() {
        return periods;
    }

    /** How many rejects were passed on. */
    long rejects() {
        return rejects;
    }

    /** A sink can't throw what a stream does. */
    private void write(String text) {
        try {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() throws IOException {
        out.flush();
    }
}
