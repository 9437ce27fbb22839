package io.meterlake.writer.validate;

import io.meterlake.reading.Grade;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Reject;
import io.meterlake.reading.Series;
import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.ChannelZones;
import io.meterlake.writer.upsert.IncomingFile;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands between a format and the sort: passes on what the table can hold and turns the rest into rejects. What is
 * wrong with a record as its format writes it, the format has already said. Not thread-safe.
 */
public final class ReadingValidator implements ReadingSink {
    /** A DECIMAL(18,6) has 18 digits in all. */
    private static final long VALUE_LIMIT = 1_000_000_000_000_000_000L;

    private static final long EARLIEST = 0;
    private static final long LATEST = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("3000-01-01T00:00:00Z"));

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final IncomingFile readings;
    private final ReadingSink next;
    private final ChannelZones lakeZones;
    private final BitSet utcDays = new BitSet();
    private long dayFrom = 1;
    private long dayTo;
    /** By handle: what is wrong with a series. */
    private final List<Optional<IdRule.Fault>> faults = new ArrayList<>();

    /** By handle: where a series' intervals may start. */
    private final List<IntervalGrid> grids = new ArrayList<>();

    /** One object for all series with the same grid: it is looked at for each reading, and so is at hand. */
    private final Map<IntervalGrid, IntervalGrid> sharedGrids = new HashMap<>();

    /** The market's zone of each channel, as the file gives it first. */
    private final Map<Channel, ZoneId> zones = new HashMap<>();

    /** The series of channels that the lake holds in several zones. */
    private final BitSet mixed = new BitSet();

    /** All series as the file gives them. */
    private final Set<Series> declared = new LinkedHashSet<>();

    private record Channel(String meterId, String channel) {}

    private long rowsRead;

    /**
     * Begins with no readings.
     *
     * @param readings where the readings go in the end
     * @param next what they go to first: the same, or what stands before it and gives the same handles
     * @param lakeZones what the lake knows of the file's channels
     */
    public ReadingValidator(IncomingFile readings, ReadingSink next, ChannelZones lakeZones) {
        this.readings = readings;
        this.next = next;
        this.lakeZones = lakeZones;
    }

    /** All series as the file gave them. */
    public Set<Series> declared() {
        return Collections.unmodifiableSet(declared);
    }

    /** The days in UTC of all readings, counted from 1970-01-01; not to be changed. */
    public BitSet utcDays() {
        return utcDays;
    }

    /** How many readings were pushed, the rejected ones among them. */
    public long rowsRead() {
        return rowsRead;
    }

    @Override
    public int series(Series given) {
        declared.add(given);
        Collection<ZoneId> known = lakeZones.of(key(given));
        Series series = given.zoneIsAssumed() && known.size() == 1
                ? given.inZone(known.iterator().next())
                : given;
        int handle = next.series(series);
        if (handle == faults.size()) {
            faults.add(
                    IdRule.check(series).or(() -> ZoneRule.check(series, known)).or(() -> otherZone(series)));
            grids.add(sharedGrids.computeIfAbsent(IntervalGrid.of(series), grid -> grid));
            mixed.set(handle, known.size() > 1);
        }
        return handle;
    }

    /** In two zones one interval can be of two days, and would be in the table twice. */
    private Optional<IdRule.Fault> otherZone(Series series) {
        ZoneId first =
                zones.computeIfAbsent(new Channel(series.meterId(), series.channel()), channel -> series.marketZone());
        return first.getRules().equals(series.marketZone().getRules())
                ? Optional.empty()
                : Optional.of(new IdRule.Fault(
                        "time_zone",
                        "the file gives " + first + " for other readings of this meter and channel, and "
                                + series.marketZone() + " here",
                        "Ask the sender for the market's one zone; in a mapping, check the column that it is taken"
                                + " from"));
    }

    @Override
    public int grade(Grade grade) {
        return next.grade(grade);
    }

    @Override
    public void reading(int series, long startMicros, long scaledValue, int grade, long recordedAtMicros, long line) {
        rowsRead++;
        if (startMicros < dayFrom || startMicros >= dayTo) {
            rememberDay(startMicros);
        }
        Optional<IdRule.Fault> fault = faults.get(series);
        if (fault.isPresent()) {
            refuse(series, startMicros, line, fault.get());
        } else if (startMicros < EARLIEST || startMicros >= LATEST) {
            refuse(series, startMicros, line, outOfRange("interval_start", startMicros));
        } else if (isInOtherZone(series, startMicros)) {
            Series one = readings.seriesOf(series);
            refuse(series, startMicros, line, ZoneRule.interval(one, lakeZones.of(key(one))));
        } else if (!grids.get(series).holds(startMicros)) {
            refuse(series, startMicros, line, grids.get(series).fault(startMicros));
        } else if (recordedAtMicros != NO_TIME && (recordedAtMicros < EARLIEST || recordedAtMicros >= LATEST)) {
            refuse(series, startMicros, line, outOfRange("recorded_at", recordedAtMicros));
        } else if (scaledValue != NO_VALUE && (scaledValue <= -VALUE_LIMIT || scaledValue >= VALUE_LIMIT)) {
            refuse(series, startMicros, line, tooLarge(scaledValue));
        } else {
            next.reading(series, startMicros, scaledValue, grade, recordedAtMicros, line);
        }
    }

    private void rememberDay(long startMicros) {
        if (startMicros >= EARLIEST && startMicros < LATEST) {
            int day = Math.toIntExact(startMicros / MICROS_PER_DAY);
            utcDays.set(day);
            dayFrom = day * MICROS_PER_DAY;
            dayTo = dayFrom + MICROS_PER_DAY;
        }
    }

    private boolean isInOtherZone(int handle, long startMicros) {
        if (!mixed.get(handle)) {
            return false;
        }
        Series series = readings.seriesOf(handle);
        return !lakeZones.holdsOnlyIn(key(series), startMicros, series.marketZone());
    }

    private static ChannelKey key(Series series) {
        return ChannelKey.of(series.meterId(), series.channel());
    }

    @Override
    public void reject(Reject reject) {
        readings.reject(reject);
    }

    private void refuse(int handle, long startMicros, long line, IdRule.Fault fault) {
        Series series = readings.seriesOf(handle);
        String raw = "meter %s, channel %s, start %s".formatted(series.meterId(), series.channel(), time(startMicros));
        readings.reject(new Reject(line, fault.field(), fault.reason(), fault.hint(), raw));
    }

    private static IdRule.Fault outOfRange(String field, long micros) {
        return new IdRule.Fault(
                field,
                time(micros) + " is not between the years 1970 and 3000",
                "Ask the sender for the right time; in a mapping, check the time's pattern and zone");
    }

    private static IdRule.Fault tooLarge(long scaledValue) {
        return new IdRule.Fault(
                "value",
                BigDecimal.valueOf(scaledValue, VALUE_SCALE).toPlainString()
                        + " has more than 12 digits before the decimal point",
                "Ask the sender for the right value; in a mapping, check the unit and the decimal separator");
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
