package io.meterlake.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.MeterFormat;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.RegisterPeriod;
import io.meterlake.reading.Series;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/**
 * Reads a good file over and over with a damage. Each time it is refused with a reason, or read: then every reading is one of
 * the good file or stands where the damage is, and none of the others is lost without a word.
 */
public final class MutationCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A record of some formats is so many lines. */
    private static final int RECORD_LINES = 3;

    private final MeterFormat format;
    private final byte[] whole;
    private final Predicate<String> isData;
    private final List<Fact> expected;
    private final Set<Object> known;

    /**
     * Reads the good file.
     *
     * @param isData whether a line is about readings on it, or on one beside it, and on no others
     */
    public MutationCheck(MeterFormat format, String whole, Predicate<String> isData) throws IOException {
        this.format = format;
        this.whole = whole.getBytes(UTF_8);
        this.isData = isData;
        this.expected = facts(read(this.whole));
        this.known = whatIsSaid(expected);
        assertThat(known).isNotEmpty();
    }

    /** Damages the file so many times. */
    public void survives(int mutations, long seed) {
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            Random random = new Random(seed);
            int read = 0;
            int compared = 0;
            for (int i = 0; i < mutations; i++) {
                byte[] damaged = Mutations.mutate(whole, random);
                String what = "mutation %d of seed %d".formatted(i, seed);
                try {
                    ReadingBuffer parsed = read(damaged);
                    read++;
                    assertThat(parsed.rejects())
                            .as(what)
                            .allSatisfy(reject -> assertThat(reject.reason()).isNotEmpty());
                    compared += compare(parsed, damaged, what) ? 1 : 0;
                } catch (UnreadableFileException refused) {
                    assertThat(refused).as(what).hasMessageStartingWith("Cannot read file: ");
                    assertThat(refused.hint()).as(what).isNotEmpty();
                }
            }
            assertThat(read).as("files that could be read").isPositive();
            assertThat(compared).as("files whose readings were compared").isPositive();
        });
    }

    /** Whether it could be compared: a damage of what stands above all readings may change all of them. */
    private boolean compare(ReadingBuffer parsed, byte[] damaged, String what) {
        int from = 0;
        int shorter = Math.min(whole.length, damaged.length);
        while (from < shorter && whole[from] == damaged[from]) {
            from++;
        }
        int after = 0;
        while (after < shorter - from && whole[whole.length - 1 - after] == damaged[damaged.length - 1 - after]) {
            after++;
        }
        Lines good = Lines.touched(whole, from, whole.length - after);
        Lines bad = Lines.touched(damaged, from, damaged.length - after);
        if (!good.texts().stream().allMatch(isData) || !bad.texts().stream().allMatch(isData)) {
            return false;
        }
        List<Fact> facts = facts(parsed);
        assertThat(facts)
                .as(what)
                .allMatch(
                        fact -> known.contains(fact.said()) || bad.isNear(fact.line()),
                        "is good, or where the damage is");
        Set<Object> kept = whatIsSaid(facts);
        assertThat(!parsed.rejects().isEmpty()
                        || expected.stream()
                                .filter(fact -> !good.isNear(fact.line()))
                                .allMatch(fact -> kept.contains(fact.said())))
                .as("%s: all others are there, or it says why not", what)
                .isTrue();
        return true;
    }

    private ReadingBuffer read(byte[] file) throws IOException {
        ReadingBuffer buffer = new ReadingBuffer();
        format.read(new InMemoryFile("file", file), buffer);
        return buffer;
    }

    /** What a line says: all but the quality, which may stand on another one. */
    private record Fact(long line, Object said) {
        static Fact of(Parsed.Row row) {
            return new Fact(row.line(), new Interval(row.series(), row.start(), row.value()));
        }

        static Fact of(RegisterPeriod period) {
            return new Fact(
                    period.line(),
                    List.of(
                            period.meterId(),
                            period.channel(),
                            period.registerId(),
                            period.unit(),
                            period.previous(),
                            period.current(),
                            period.scaledQuantity()));
        }
    }

    private record Interval(Series series, Instant start, Optional<BigDecimal> value) {}

    private static List<Fact> facts(ReadingBuffer buffer) {
        return Stream.concat(
                        Parsed.rows(buffer).stream().map(Fact::of),
                        buffer.registerPeriods().stream().map(Fact::of))
                .toList();
    }

    private static Set<Object> whatIsSaid(List<Fact> facts) {
        return facts.stream().map(Fact::said).collect(Collectors.toSet());
    }

    private record Lines(long first, List<String> texts) {
        /** The lines that have bytes from one place to another, or the place itself. */
        static Lines touched(byte[] file, int from, int to) {
            int start = from;
            while (start > 0 && file[start - 1] != '\n') {
                start--;
            }
            int end = to;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            long before = new String(file, 0, start, UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            return new Lines(
                    before + 1,
                    new String(file, start, end - start, UTF_8).lines().toList());
        }

        boolean isNear(long line) {
            return line > first - RECORD_LINES && line < first + texts.size() + RECORD_LINES;
        }
    }
}
