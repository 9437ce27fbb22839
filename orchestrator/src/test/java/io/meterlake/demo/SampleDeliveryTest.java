package io.meterlake.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.reading.Quality;
import io.meterlake.reading.Reject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleDeliveryTest {
    private static final SampleWeek SMALL = new SampleWeek(LocalDate.of(2026, 1, 25), 3, 8, 6, 1);

    @TempDir
    private Path folder;

    @Test
    void givesTheSameBytesForTheSameWeek() throws IOException {
        List<SampleFile> first = write(SMALL, "first");
        List<SampleFile> second = write(SMALL, "second");

        assertThat(first).hasSize(3 * 2 + 2).hasSameSizeAs(second);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).path()).hasSameBinaryContentAs(first.get(i).path());
        }
    }

    @Test
    void givesOtherReadingsForAnotherSeed() throws IOException {
        SampleWeek other = new SampleWeek(SMALL.firstDay(), 3, 8, 6, 2);

        assertThat(textDigest(write(SMALL, "first"))).isNotEqualTo(textDigest(write(other, "second")));
    }

    /** Pinned, so that a machine on which the week comes out differently, or a change that nobody meant, shows. */
    @Test
    void givesTheWeekThatItAlwaysGave() throws IOException {
        assertThat(textDigest(write(SampleWeek.STANDARD, "standard")))
                .isEqualTo("0c540fd5aed7286cfed5c999a4f2db2fd9bbff40f808ebe8b98a776619c86d0b");
    }

    @Test
    void leavesFilesAloneThatAreThereAlready() throws IOException {
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        List<SampleFile> files = write(SMALL, "files");
        for (SampleFile file : files) {
            Files.setLastModifiedTime(file.path(), longAgo);
        }
        Path damaged = files.getFirst().path();
        Files.write(damaged, new byte[] {1});

        write(SMALL, "files");

        assertThat(Files.size(damaged)).as("a damaged file is written again").isGreaterThan(1);
        for (SampleFile file : files.subList(1, files.size())) {
            assertThat(Files.getLastModifiedTime(file.path())).isEqualTo(longAgo);
        }
    }

    @Test
    void writesTheCorrectionsLastAndNothingElseBeside() throws IOException {
        List<SampleFile> files = write(SMALL, "files");

        assertThat(files)
                .extracting(SampleFile::correction)
                .containsExactly(false, false, false, false, false, false, true, true);
        try (var all = Files.walk(folder.resolve("files"))) {
            Set<Path> written = files.stream().map(SampleFile::path).collect(toSet());
            assertThat(all.filter(Files::isRegularFile).filter(path -> !written.contains(path)))
                    .containsExactly(folder.resolve("files/stadtwerke-nord/mapping.yml"));
        }
    }

    @Test
    void sendsNoCorrectionWhenThereIsNothingToCorrect() throws IOException {
        List<SampleFile> files = write(new SampleWeek(LocalDate.of(2026, 3, 29), 1, 8, 1, 1), "files");

        assertThat(files)
                .filteredOn(file -> file.utility().equals("southern-grid"))
                .extracting(SampleFile::correction)
                .containsExactly(false);
    }

    @Test
    void rejectsExactlyTheBrokenRows() throws IOException {
        ReadWeek read = ReadWeek.of(write(SampleWeek.STANDARD, "standard"));

        assertThat(read.rejects())
                .extracting(Reject::field)
                .containsExactlyInAnyOrder("value", "quality", "quality", "IntervalValue25", "QualityMethod");
    }

    @Test
    void correctsMostEstimatesAndGapsAndNotAll() throws IOException {
        List<SampleFile> files = write(SampleWeek.STANDARD, "standard");
        ReadWeek delivered =
                ReadWeek.of(files.stream().filter(file -> !file.correction()).toList());
        ReadWeek corrected = ReadWeek.of(files);

        assertThat(delivered.count(Quality.ESTIMATED)).isGreaterThan(300);
        assertThat(delivered.count(Quality.MISSING)).isGreaterThan(30);
        assertThat(delivered.count(Quality.SUBSTITUTED)).isZero();
        assertThat(corrected.count(Quality.ESTIMATED)).isBetween(1L, delivered.count(Quality.ESTIMATED) / 2);
        assertThat(corrected.count(Quality.SUBSTITUTED)).isPositive();
        assertThat(corrected.readings())
                .as("the correction fills rows that had not come")
                .hasSizeGreaterThan(delivered.readings().size());
    }

    @Test
    void takesPlausibleEnergy() throws IOException {
        ReadWeek read = ReadWeek.of(write(SampleWeek.STANDARD, "standard"));
        Map<String, Long> kilowattHours = read.readings().stream()
                .filter(reading -> reading.quality() != Quality.MISSING)
                .collect(groupingBy(reading -> reading.series().channel(), summingLong(ReadWeek.Reading::scaledValue)));
        kilowattHours.replaceAll((channel, scaled) -> scaled / 1_000_000);

        assertThat(kilowattHours).containsOnlyKeys("1-1:1.29.0", "1-1:2.29.0", "E1", "B1", "Q1");
        assertThat(kilowattHours.get("1-1:1.29.0"))
                .as("60 customers in a winter week")
                .isBetween(8_000L, 20_000L);
        assertThat(kilowattHours.get("E1")).as("40 customers in a summer week").isBetween(6_000L, 16_000L);
        assertThat(kilowattHours.get("1-1:2.29.0")).as("a winter's sun").isBetween(100L, 1_500L);
        assertThat(kilowattHours.get("B1")).as("a summer's sun").isBetween(800L, 5_000L);
        assertThat(read.readings())
                .filteredOn(reading ->
                        Set.of("1-1:2.29.0", "B1").contains(reading.series().channel()))
                .filteredOn(reading ->
                        reading.start().getHour() < 4 || reading.start().getHour() > 20)
                .as("no sun at night")
                .isNotEmpty()
                .allMatch(reading -> reading.scaledValue() == 0);
    }

    @Test
    void closesTheBakeryOnSundays() throws IOException {
        Map<DayOfWeek, Long> bakery = ReadWeek.of(write(SampleWeek.STANDARD, "standard")).readings().stream()
                .filter(reading -> reading.series().meterId().startsWith("5123800007"))
                .collect(groupingBy(
                        reading -> reading.day().getDayOfWeek(), summingLong(ReadWeek.Reading::scaledValue)));

        assertThat(bakery.get(DayOfWeek.SUNDAY)).isLessThan(bakery.getOrDefault(DayOfWeek.WEDNESDAY, 0L) / 3);
    }

    @Test
    void givesDaysTheHoursThatTheyHave() throws IOException {
        assertThat(mostRowsOfADay(LocalDate.of(2026, 3, 29))).isEqualTo(92);
        assertThat(mostRowsOfADay(LocalDate.of(2026, 10, 25))).isEqualTo(100);
    }

    private long mostRowsOfADay(LocalDate day) throws IOException {
        List<SampleFile> files = write(new SampleWeek(day, 1, 8, 1, 1), day.toString());
        return ReadWeek.of(files).readings().stream()
                .filter(reading -> reading.series().channel().equals("1-1:1.29.0"))
                .collect(groupingBy(reading -> reading.series().meterId()))
                .values()
                .stream()
                .mapToLong(List::size)
                .max()
                .orElseThrow();
    }

    /** The contracts in the SQL models' seed are for the meters of this week. */
    @Test
    void hasTheMetersOfTheContracts() throws IOException {
        List<List<String>> contracts = Files.readAllLines(Path.of("../sql-models/seeds/partner_meters.csv")).stream()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        Set<String> contracted = contracts.stream().map(List::getFirst).collect(toSet());
        Set<String> meters = ReadWeek.of(write(SampleWeek.STANDARD, "standard")).readings().stream()
                .map(reading -> reading.series().meterId())
                .collect(toSet());

        assertThat(meters).hasSize(60 + 40).containsAll(contracted);
        assertThat(contracted).as("one meter has no contract").hasSize(meters.size() - 1);
        assertThat(contracts).as("one meter switches its partner in the week").hasSize(contracted.size() + 1);
        assertThat(contracts)
                .extracting(contract -> LocalDate.parse(contract.get(2)))
                .allMatch(from -> SampleWeek.STANDARD.dates().contains(from));
    }

    private List<SampleFile> write(SampleWeek week, String name) throws IOException {
        return new SampleDelivery(week).writeTo(folder.resolve(name));
    }

    private static String textDigest(List<SampleFile> files) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (SampleFile file : files) {
            try (InputStream text = new LocalMeterFile(file.path()).open()) {
                digest.update(text.readAllBytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
