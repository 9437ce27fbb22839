package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Timestamps by a pattern of {@link DateTimeFormatter}, in English, read strictly: 31 February is refused rather than
 * moved. A day has few distinct timestamps, so the results for the last many thousand texts are kept.
 */
public final class PatternTimestamps implements Timestamps {
    private static final int REMEMBERED = 64 * 1024;

    private final DateTimeFormatter formatter;
    private final String example;
    private final Map<String, Optional<Result>> remembered = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Result>> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Result last = new Result(0, true);

    private record Result(long micros, boolean local) {}

    /** @throws IllegalArgumentException if this is no pattern, or one that gives no date with hour and minute */
    public PatternTimestamps(String pattern) {
        this.formatter = new DateTimeFormatterBuilder()
                .appendPattern(withProlepticYear(pattern))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        String sample = LocalDateTime.of(2026, 3, 29, 17, 30)
                .atOffset(ZoneOffset.ofHours(1))
                .format(formatter);
        if (parse(sample).isEmpty()) {
            throw new IllegalArgumentException("it gives no date with hour and minute");
        }
        this.example = sample;
    }

    /** A strict formatter wants an era beside 'y', which no file has; 'u' is the year that people mean. */
    private static String withProlepticYear(String pattern) {
        StringBuilder converted = new StringBuilder(pattern.length());
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            converted.append(c == 'y' && !quoted ? 'u' : c);
        }
        return converted.toString();
    }

    @Override
    public boolean read(byte[] bytes, int from, int to) {
        Optional<Result> result = remembered.computeIfAbsent(new String(bytes, from, to - from, UTF_8), this::parse);
        result.ifPresent(read -> last = read);
        return result.isPresent();
    }

    private Optional<Result> parse(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDateTime time = LocalDateTime.from(parsed);
            boolean local = !parsed.isSupported(ChronoField.OFFSET_SECONDS);
            ZoneOffset offset = local ? ZoneOffset.UTC : ZoneOffset.from(parsed);
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(offset));
            return Optional.of(new Result(micros, local));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isLocal() {
        return last.local();
    }

    @Override
    public long micros() {
        return last.micros();
    }

    @Override
    public String example() {
        return example;
    }
}
