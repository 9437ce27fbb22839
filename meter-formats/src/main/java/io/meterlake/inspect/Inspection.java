package io.meterlake.inspect;

import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.RegisterPeriod;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Prints the readings of a file as canonical CSV, or, of a file that has reads of registers only, those as a CSV of their
 * own. The file is read twice, first without printing, as whether it is void
 * shows only at its end; so memory does not grow with the file, and a void file prints nothing.
 *
 * @param sender who made the file; empty if it does not say
 * @param readings how many readings were printed, or reads of registers
 * @param rejects how many records were not taken in
 */
public record Inspection(String sender, long readings, long rejects) {
    /**
     * Prints a file.
     *
     * @param out gets the CSV with its header line; flushed, not closed
     * @param rejects gets each record that was not taken in, in the order of the file but for held-back ones
     * @throws UnreadableFileException if the file is void; nothing was printed
     * @throws IOException if the file can't be read, or {@code out} not be written
     */
    public static Inspection print(MeterFile file, MeterFormat format, OutputStream out, Consumer<Reject> rejects)
            throws IOException {
        Unprinted counted = new Unprinted();
        format.read(file, counted);
        if (counted.readings == 0 && counted.registerPeriods > 0) {
            RegisterCsvWriter writer = new RegisterCsvWriter(out, rejects);
            String sender = format.read(file, writer).sender();
            writer.flush();
            return new Inspection(sender, writer.periods(), writer.rejects());
        }
        CanonicalCsvWriter writer = new CanonicalCsvWriter(out, rejects);
        String sender = format.read(file, writer).sender();
        writer.flush();
        return new Inspection(sender, writer.readings(), writer.rejects());
    }

    private static final class Unprinted implements ReadingSink {
        private long readings;
        private long registerPeriods;

        @Override
        public int series(Series series) {
            return 0;
        }

        @Override
        public int grade(Grade grade) {
            return 0;
        }

        @Override
        public void reading(
                int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
            readings++;
        }

        @Override
        public void registerPeriod(RegisterPeriod period) {
            registerPeriods++;
        }

        @Override
        public void reject(Reject reject) {}
    }
}
