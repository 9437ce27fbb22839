package io.meterlake.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.csv.CsvFormat;
import io.meterlake.format.csv.CsvMappingFile;
import io.meterlake.format.mscons.MsconsFormat;
import io.meterlake.format.nem12.Nem12Format;
import io.meterlake.format.nem13.Nem13Format;
import io.meterlake.testing.InMemoryFile;
import io.meterlake.testing.MutationCheck;
import io.meterlake.testing.Parsed;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged files of the formats that are no XML and no JSON: void with a reason, or read but for what is damaged. */
class DamagedTextTest {
    private static final int MUTATIONS = 2_000;
    private static final int CUTS = 200;

    /** A good file of each format. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
    enum Sample {
        NEM12(true, "300,", "400,") {
            @Override
            MeterFormat format() {
                return new Nem12Format();
            }

            @Override
            String text() {
                return "100,NEM12,202601021200,MDP1,RET1\n200,NMI1,E1,1,E1,N1,SERIAL,KWH,30,20260401\n"
                        + IntStream.rangeClosed(1, 4)
                                .mapToObj(day -> "300,2026010%d,%s,%s,,,20260110000000,\n"
                                                .formatted(day, decimals(48, day), day == 3 ? "V" : "A")
                                        + (day == 3 ? "400,1,20,A,,\n400,21,48,S14,32,\n" : ""))
                                .collect(Collectors.joining())
                        + "900\n";
            }
        },
        NEM13(true, "250,") {
            @Override
            MeterFormat format() {
                return new Nem13Format();
            }

            @Override
            String text() {
                return "100,NEM13,200401101030,MDA1,Ret1\n"
                        + IntStream.range(0, 8)
                                .mapToObj(i -> ("250,VABC00589%d,11,1,11,11,METSER123,E,006342.8,20031005093055,A,,,"
                                                + "007654.9,20040107101033,A,,,1312.1,kWh,20040406,20040108100333,"
                                                + "20040108091133\n")
                                        .formatted(i))
                                .collect(Collectors.joining())
                        + "900\n";
            }
        },
        MSCONS(true, "QTY+", "DTM+163:", "DTM+164:") {
            @Override
            MeterFormat format() {
                return new MsconsFormat();
            }

            @Override
            String text() {
                String quantities = IntStream.range(0, 40)
                        .mapToObj(
                                i -> "QTY+220:%d.5'\nDTM+163:2026010110%02d?+00:303'\nDTM+164:2026010110%02d?+00:303'\n"
                                        .formatted(i, i, i + 1))
                        .collect(Collectors.joining());
                return "UNB+UNOC:3+9900000000001:500+9900000000002:500+260102:1347+REF1++TL'\n"
                        + "UNH+1+MSCONS:D:04B:UN:2.4c'\nBGM+7+M1+9'\nDTM+137:202601021315?+00:303'\n"
                        + "NAD+MS+9900000000001::293'\nUNS+D'\nNAD+DP'\n"
                        + "LOC+172+DE00014559929E00856996N5139699L01'\nLIN+1'\nPIA+5+1-1?:1.29.0:SRW'\n"
                        + quantities
                        + "UNT+130+1'\nUNZ+1+REF1'\n";
            }
        },
        JSON_LINES(false, "{\"meter\":\"M1\",") {
            @Override
            MeterFormat format() {
                return CsvFormat.mapped(CsvMappingFile.parse("""
                        utility: north
                        time_zone: Europe/Dublin
                        columns:
                          meter_id: meter
                          channel: constant:import
                          interval_start: time
                          interval_minutes: constant:30
                          value: kwh
                          unit: constant:kWh
                          quality: constant:actual
                          recorded_at: time
                        """, "north.yml"));
            }

            @Override
            String text() {
                return IntStream.range(0, 48)
                        .mapToObj(i -> "{\"meter\":\"M1\",\"time\":\"2026-01-01T%02d:%02d\",\"kwh\":%d.25}%n"
                                .formatted(i / 2, i % 2 * 30, i))
                        .collect(Collectors.joining());
            }
        },
        CSV(false, "M1,") {
            @Override
            MeterFormat format() {
                return new CsvFormat();
            }

            @Override
            String text() {
                return "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n"
                        + IntStream.range(0, 48)
                                .mapToObj(i ->
                                        "M1,import,2026-01-01T%02d:%02d:00Z,30,%d.25,kWh,actual,A,2026-01-02T00:00:00Z\n"
                                                .formatted(i / 2, i % 2 * 30, i))
                                .collect(Collectors.joining());
            }
        };

        private final boolean hasAnEnd;
        private final List<String> data;

        /** @param data what lines begin with that are about a few readings only */
        Sample(boolean hasAnEnd, String... data) {
            this.hasAnEnd = hasAnEnd;
            this.data = List.of(data);
        }

        boolean isData(String line) {
            return data.stream().anyMatch(line::startsWith);
        }

        abstract MeterFormat format();

        abstract String text();

        static String decimals(int count, int day) {
            return IntStream.range(0, count).mapToObj(i -> day + "." + i).collect(Collectors.joining(","));
        }
    }

    /** Whether the file is taken for a good one, whatever of it is rejected. */
    private static boolean isRead(Sample sample, byte[] file, String what) throws IOException {
        try {
            Parsed parsed = Parsed.read(sample.format(), new InMemoryFile("file", file));
            assertThat(parsed.rows().size()).as(what).isLessThan(2_000);
            assertThat(parsed.rejects())
                    .as(what)
                    .allSatisfy(reject -> assertThat(reject.reason()).isNotEmpty());
            return true;
        } catch (UnreadableFileException refused) {
            assertThat(refused).as(what).hasMessageStartingWith("Cannot read file: ");
            assertThat(refused.hint()).as(what).isNotEmpty();
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesWhateverIsDamaged(Sample sample) throws IOException {
        new MutationCheck(sample.format(), sample.text(), sample::isData).survives(MUTATIONS, 26);
    }

    @ParameterizedTest
    @EnumSource
    void noticesThatAFileWasCutOffWhereItsFormatHasAnEnd(Sample sample) throws IOException {
        byte[] whole = sample.text().strip().getBytes(UTF_8);
        Random random = new Random(27);
        for (int i = 0; i < CUTS; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            boolean read = isRead(sample, cut, "cut to " + cut.length);
            assertThat(read && sample.hasAnEnd)
                    .as("cut to %d of %d bytes", cut.length, whole.length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTheSameWithOtherLineEndsOrNothing(Sample sample) throws IOException {
        Parsed expected = Parsed.read(sample.format(), InMemoryFile.of("file", sample.text()));
        for (String end : List.of("\r", "\r\n")) {
            byte[] other = sample.text().replace("\n", end).getBytes(UTF_8);
            try {
                Parsed parsed = Parsed.read(sample.format(), new InMemoryFile("file", other));
                if (parsed.rejects().size() == expected.rejects().size()) {
                    assertThat(parsed.brief()).isEqualTo(expected.brief());
                }
                assertThat(expected.brief()).containsAll(parsed.brief());
            } catch (UnreadableFileException refused) {
                assertThat(end).as(refused.getMessage()).isEqualTo("\r");
            }
        }
        for (Charset charset : List.of(UTF_16, ISO_8859_1)) {
            byte[] other = ("é" + sample.text()).getBytes(charset);
            isRead(sample, other, charset.name());
        }
    }
}
