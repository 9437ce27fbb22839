package io.meterlake.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A municipal utility in northern Germany: quarter-hours as compressed CSV with German headers, decimal commas, local
 * times with their offset and OBIS channels. What is missing is simply not in the file.
 */
record StadtwerkeNord(SampleWeek week) implements SampleUtility {
    static final String NAME = "stadtwerke-nord";

    private static final String MAPPING = "stadtwerke-nord.yml";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int MINUTES = 15;
    private static final String CONSUMPTION = "1-1:1.29.0";
    private static final String PRODUCTION = "1-1:2.29.0";

    private static final String MEASURED = "W";
    private static final String ESTIMATED = "V";
    private static final String SUBSTITUTED = "E";

    /** Errors of the utility's own software, which come on the same rows each time: a value and two states. */
    private static final List<BrokenRow> BROKEN = List.of(
            new BrokenRow(5, 2, 40, "n/a", MEASURED),
            new BrokenRow(9, 4, 41, "", "X"),
            new BrokenRow(9, 4, 42, "", "X"));

    /** @param value what stands in the value's place; the value itself if it is empty */
    private record BrokenRow(int meter, int day, int interval, String value, String status) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<byte[]> mapping() {
        try (InputStream mapping = StadtwerkeNord.class.getResourceAsStream(MAPPING)) {
            if (mapping == null) {
                throw new IllegalStateException("there is no resource " + MAPPING);
            }
            return Optional.of(mapping.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The customers: every fourth with photovoltaics, every sixth with storage heaters, two bakeries, some offices. */
    List<SampleMeter> meters() {
        return IntStream.rangeClosed(1, week.nordMeters()).mapToObj(this::meter).toList();
    }

    private SampleMeter meter(int number) {
        SplittableRandom random = draws().of("meter", number, LocalDate.EPOCH);
        LoadShape shape = number % 30 == 7
                ? LoadShape.BAKERY
                : number % 6 == 0 ? LoadShape.NIGHT_STORAGE : number % 15 == 4 ? LoadShape.OFFICE : LoadShape.HOUSEHOLD;
        long daily = switch (shape) {
            case HOUSEHOLD -> random.nextLong(5_000, 15_000);
            case NIGHT_STORAGE -> random.nextLong(35_000, 70_000);
            case BAKERY -> random.nextLong(160_000, 260_000);
            case OFFICE -> random.nextLong(60_000, 130_000);
        };
        long wattPeak = number % 4 == 1 ? random.nextLong(5, 13) * 1_000 : 0;
        return new SampleMeter(number, marketLocation(number), shape, daily, wattPeak, false);
    }

    /** A German market location's id: ten digits and a check digit (BDEW, "Marktlokations-Identifikationsnummer"). */
    private static String marketLocation(int number) {
        String digits = String.format(Locale.ROOT, "51238%05d", number);
        int odd = 0;
        int even = 0;
        for (int i = 0; i < digits.length(); i += 2) {
            odd += digits.charAt(i) - '0';
            even += digits.charAt(i + 1) - '0';
        }
        return digits + (10 - (odd + 2 * even) % 10) % 10;
    }

    @Override
    public String deliveryName(LocalDate day) {
        return "lastgang_" + day + ".csv.gz";
    }

    @Override
    public Optional<byte[]> delivery(LocalDate day) {
        LoadProfileCsv rows =
                new LoadProfileCsv(day.plusDays(1).atTime(LocalTime.of(5, 30)).atZone(ZONE));
        for (SampleMeter meter : meters()) {
            DayProfile profile = profile(meter, day);
            Faults faults = Faults.of(draws(), meter, day, profile.intervals());
            for (int i = 0; i < profile.intervals(); i++) {
                if (!faults.covers(i)) {
                    interval(rows, meter, profile, i, MEASURED);
                } else if (faults.kind() == Faults.Kind.ESTIMATED) {
                    interval(rows, meter, profile.estimated(), i, ESTIMATED);
                }
            }
            broken(meter, day).forEach(row -> broken(rows, meter, profile, row));
        }
        return rows.gzip();
    }

    @Override
    public String correctionName() {
        return "korrektur_" + week.correctionDay() + ".csv.gz";
    }

    @Override
    public Optional<byte[]> correction() {
        LoadProfileCsv rows = new LoadProfileCsv(
                week.correctionDay().atTime(LocalTime.of(11, 0)).atZone(ZONE));
        for (LocalDate day : week.dates()) {
            for (SampleMeter meter : meters()) {
                DayProfile profile = profile(meter, day);
                Faults faults = Faults.of(draws(), meter, day, profile.intervals());
                for (int i = faults.from(); i < faults.to(); i++) {
                    switch (faults.settled()) {
                        case MEASURED -> interval(rows, meter, profile, i, MEASURED);
                        case SUBSTITUTED -> interval(rows, meter, profile.estimated(), i, SUBSTITUTED);
                        case NOT_YET -> {}
                    }
                }
            }
        }
        return rows.gzip();
    }

    private List<BrokenRow> broken(SampleMeter meter, LocalDate day) {
        return BROKEN.stream()
                .filter(row -> row.meter() == meter.number()
                        && week.firstDay().plusDays(row.day()).equals(day))
                .toList();
    }

    /** A broken row comes beside the good one of its interval, as when software sends again what failed. */
    private static void broken(LoadProfileCsv rows, SampleMeter meter, DayProfile profile, BrokenRow row) {
        String value = row.value().isEmpty()
                ? LoadProfileCsv.kilowattHours(profile.consumption().get(row.interval()))
                : row.value();
        rows.add(meter.id(), CONSUMPTION, profile.starts().get(row.interval()), value, row.status());
    }

    private static void interval(LoadProfileCsv rows, SampleMeter meter, DayProfile profile, int i, String status) {
        ZonedDateTime start = profile.starts().get(i);
        rows.add(
                meter.id(),
                CONSUMPTION,
                start,
                LoadProfileCsv.kilowattHours(profile.consumption().get(i)),
                status);
        if (meter.feedsIn()) {
            rows.add(
                    meter.id(),
                    PRODUCTION,
                    start,
                    LoadProfileCsv.kilowattHours(profile.production().get(i)),
                    status);
        }
    }

    private DayProfile profile(SampleMeter meter, LocalDate day) {
        return DayProfile.of(meter, day, ZONE, MINUTES, Sunshine.NORTH, draws());
    }

    private Draws draws() {
        return new Draws(week.seed(), NAME);
    }
}
