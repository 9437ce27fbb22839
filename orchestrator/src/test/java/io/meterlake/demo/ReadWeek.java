package io.meterlake.demo;

import io.meterlake.format.MeterFormat;
import io.meterlake.format.MeterFormats;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.format.csv.CsvMappingFile;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sample files as Meterlake's own parsers read them: the lake in small, where the later {@code recorded_at} wins. */
final class ReadWeek {
    record Interval(String meterId, String channel, Instant start) {}

    record Reading(Series series, ZonedDateTime start, long scaledValue, Quality quality, long recordedAt) {
        LocalDate day() {
            return start.toLocalDate();
        }
    }

    private final Map<Interval, Reading> latest = new HashMap<>();
    private final List<Reject> rejects = new ArrayList<>();

    static ReadWeek of(List<SampleFile> files) {
        ReadWeek week = new ReadWeek();
        files.forEach(week::read);
        return week;
    }

    private void read(SampleFile file) {
        ReadingBuffer buffer = new ReadingBuffer();
        try {
            format(file).read(new LocalMeterFile(file.path()), buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rejects.addAll(buffer.rejects());
        for (int i = 0; i < buffer.size(); i++) {
            Series series = buffer.series().get(buffer.seriesAt(i));
            Grade grade = buffer.grades().get(buffer.gradeAt(i));
            Instant start = Instant.EPOCH.plus(buffer.startAt(i), ChronoUnit.MICROS);
            Reading reading = new Reading(
                    series,
                    start.atZone(series.marketZone()),
                    buffer.valueAt(i),
                    grade.quality(),
                    buffer.recordedAt(i));
            latest.merge(
                    new Interval(series.meterId(), series.channel(), start),
                    reading,
                    (old, update) -> update.recordedAt() >= old.recordedAt() ? update : old);
        }
    }

    private static MeterFormat format(SampleFile file) throws IOException {
        Path mapping = file.mapping();
        return mapping == null
                ? MeterFormats.installed().named("nem12")
                : CsvFormat.mapped(CsvMappingFile.read(mapping));
    }

    List<Reading> readings() {
        return List.copyOf(latest.values());
    }

    List<Reject> rejects() {
        return List.copyOf(rejects);
    }

    long count(Quality quality) {
        return latest.values().stream()
                .filter(reading -> reading.quality() == quality)
                .count();
    }
}
