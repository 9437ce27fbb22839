package io.meterlake.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A network operator in Queensland: half-hours as NEM12, with 400 records where the quality varies within a day. What
 * is missing is in the file with quality N, unless the whole day is.
 */
record SouthernGrid(SampleWeek week) implements SampleUtility {
    static final String NAME = "southern-grid";

    /** The market's time is UTC+10 all the year, as Queensland's is. */
    private static final ZoneId ZONE = ZoneId.of("Australia/Brisbane");

    private static final String PARTICIPANT = "STHNGRID";
    private static final int MINUTES = 30;

    private static final String ACTUAL = "A";
    private static final String ESTIMATED = "E52";
    private static final String SUBSTITUTED = "S14";
    private static final String MISSING = "N";
    private static final String UNKNOWN_QUALITY = "Z";

    /** Days that can't be read: a text among the values, and a quality that does not exist. */
    private static final int METER_WITH_TEXT = 7;

    private static final int DAY_WITH_TEXT = 1;
    private static final int METER_WITH_QUALITY = 12;
    private static final int DAY_WITH_QUALITY = 5;

    /** A channel on a day. */
    private record ChannelDay(
            SampleMeter meter, String suffix, String unit, List<Long> truth, List<Long> estimate, Faults faults) {
        boolean isOf(int meterNumber) {
            return suffix.equals("E1") && meter.number() == meterNumber;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<byte[]> mapping() {
        return Optional.empty();
    }

    /** The customers: every third with photovoltaics, and offices and bakeries whose reactive energy is metered. */
    List<SampleMeter> meters() {
        return IntStream.rangeClosed(1, week.southernMeters())
                .mapToObj(this::meter)
                .toList();
    }

    private SampleMeter meter(int number) {
        SplittableRandom random = draws().of("meter", number, LocalDate.EPOCH);
        LoadShape shape =
                number % 20 == 3 ? LoadShape.BAKERY : number % 8 == 2 ? LoadShape.OFFICE : LoadShape.HOUSEHOLD;
        long daily = switch (shape) {
            case HOUSEHOLD, NIGHT_STORAGE -> random.nextLong(9_000, 26_000);
            case BAKERY -> random.nextLong(140_000, 220_000);
            case OFFICE -> random.nextLong(80_000, 180_000);
        };
        long wattPeak = shape == LoadShape.HOUSEHOLD && number % 3 == 1 ? random.nextLong(4, 11) * 1_000 : 0;
        String nmi = String.format(Locale.ROOT, "63050%05d", number);
        return new SampleMeter(number, nmi, shape, daily, wattPeak, shape != LoadShape.HOUSEHOLD);
    }

    @Override
    public String deliveryName(LocalDate day) {
        return "nem12_" + day + ".csv";
    }

    @Override
    public Optional<byte[]> delivery(LocalDate day) {
        LocalDateTime made = day.plusDays(1).atTime(LocalTime.of(4, 15));
        Nem12Text file = new Nem12Text(PARTICIPANT, made);
        for (SampleMeter meter : meters()) {
            for (ChannelDay channel : channels(meter, day)) {
                if (!channel.faults().wholeDay(channel.truth().size())) {
                    file.channel(meter, channel.suffix(), channel.unit(), MINUTES);
                    deliver(file, channel, day);
                }
            }
        }
        return file.end();
    }

    private void deliver(Nem12Text file, ChannelDay channel, LocalDate day) {
        String sound = hasUnknownQuality(channel, day) ? UNKNOWN_QUALITY : ACTUAL;
        List<String> values = new ArrayList<>(
                switch (channel.faults().kind()) {
                    case NONE -> Nem12Text.thousandths(channel.truth());
                    case ESTIMATED -> patched(channel, channel.estimate());
                    // A value must stand there, and its quality says that it is none.
                    case MISSING ->
                        patched(channel, Collections.nCopies(channel.truth().size(), 0L));
                });
        if (hasText(channel, day)) {
            values.set(values.size() / 2, "n/a");
        }
        switch (channel.faults().kind()) {
            case NONE -> file.day(day, values, sound);
            case ESTIMATED -> file.day(day, values, sound, channel.faults(), ESTIMATED);
            case MISSING -> file.day(day, values, sound, channel.faults(), MISSING);
        }
    }

    @Override
    public String correctionName() {
        return "nem12_corrections_" + week.correctionDay() + ".csv";
    }

    /** A correction sends the whole day again, and so do the days that could not be read. */
    @Override
    public Optional<byte[]> correction() {
        Nem12Text file = new Nem12Text(PARTICIPANT, week.correctionDay().atTime(LocalTime.of(9, 40)));
        for (SampleMeter meter : meters()) {
            for (LocalDate day : week.dates()) {
                for (ChannelDay channel : channels(meter, day)) {
                    boolean broken = hasText(channel, day) || hasUnknownQuality(channel, day);
                    if (channel.faults().isSettled() || broken) {
                        file.channel(meter, channel.suffix(), channel.unit(), MINUTES);
                        correct(file, channel, day);
                    }
                }
            }
        }
        return file.end();
    }

    private static void correct(Nem12Text file, ChannelDay channel, LocalDate day) {
        switch (channel.faults().settled()) {
            case MEASURED, NOT_YET -> file.day(day, Nem12Text.thousandths(channel.truth()), ACTUAL);
            case SUBSTITUTED ->
                file.day(day, patched(channel, channel.estimate()), ACTUAL, channel.faults(), SUBSTITUTED);
        }
    }

    private static List<String> patched(ChannelDay channel, List<Long> patch) {
        List<Long> values = new ArrayList<>(channel.truth());
        for (int i = channel.faults().from(); i < channel.faults().to(); i++) {
            values.set(i, patch.get(i));
        }
        return Nem12Text.thousandths(values);
    }

    private List<ChannelDay> channels(SampleMeter meter, LocalDate day) {
        DayProfile truth = DayProfile.of(meter, day, ZONE, MINUTES, Sunshine.SOUTH, draws());
        DayProfile guess = truth.estimated();
        Faults faults = Faults.of(draws(), meter, day, truth.intervals());
        List<ChannelDay> channels = new ArrayList<>();
        channels.add(new ChannelDay(meter, "E1", "kWh", truth.consumption(), guess.consumption(), faults));
        if (meter.feedsIn()) {
            channels.add(new ChannelDay(meter, "B1", "kWh", truth.production(), guess.production(), faults));
        }
        if (meter.reactive()) {
            channels.add(new ChannelDay(meter, "Q1", "kVArh", truth.reactive(), guess.reactive(), faults));
        }
        return channels;
    }

    private boolean hasText(ChannelDay channel, LocalDate day) {
        return channel.isOf(METER_WITH_TEXT)
                && week.firstDay().plusDays(DAY_WITH_TEXT).equals(day);
    }

    private boolean hasUnknownQuality(ChannelDay channel, LocalDate day) {
        return channel.isOf(METER_WITH_QUALITY)
                && week.firstDay().plusDays(DAY_WITH_QUALITY).equals(day);
    }

    private Draws draws() {
        return new Draws(week.seed(), NAME);
    }
}
