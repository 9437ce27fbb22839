package io.meterlake.report;

import io.meterlake.compile.ReportDefinition;
import io.meterlake.engine.TrinoDialect;
import io.meterlake.project.Relation;
import io.meterlake.snapshot.PinnedTable;
import io.meterlake.snapshot.Snapshot;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** The statement that compares the intervals of two states and finds what led from the one to the other. */
final class IntervalDiffSql {
    private static final String CHANGES = "reading_changes";

    private IntervalDiffSql() {}

    /**
     * Intervals whose energy differs, with a row for each correction that came in between.
     *
     * @param days the days to look at; empty: all of the period
     */
    static String intervals(EnergyState before, EnergyState after, Days period, List<LocalDate> days) {
        return """
                with before_readings as (
                %s
                ),
                after_readings as (
                %s
                ),
                changes as (
                %s
                ),
                intervals as (
                    select
                        coalesce(a.meter_id, b.meter_id) as meter_id,
                        coalesce(a.channel, b.channel) as channel,
                        coalesce(a.flow_direction, b.flow_direction) as flow_direction,
                        coalesce(a.reading_date, b.reading_date) as reading_date,
                        coalesce(a.interval_start_at, b.interval_start_at) as interval_start_at,
                        coalesce(a.interval_minutes, b.interval_minutes) as interval_minutes,
                        b.meter_id is not null as is_before,
                        b.energy_kwh as before_kwh,
                        b.reading_value as before_value,
                        b.unit as before_unit,
                        b.quality as before_quality,
                        a.meter_id is not null as is_after,
                        a.energy_kwh as after_kwh,
                        a.reading_value as after_value,
                        a.unit as after_unit,
                        a.quality as after_quality,
                        coalesce(a.source_file, b.source_file) as source_file,
                        coalesce(a.file_checksum, b.file_checksum) as file_checksum,
                        coalesce(a.recorded_at, b.recorded_at) as recorded_at,
                        coalesce(a.received_at, b.received_at) as received_at
                    from before_readings b
                    full outer join after_readings a
                        on a.meter_id = b.meter_id
                        and a.channel = b.channel
                        and a.flow_direction = b.flow_direction
                        and a.reading_date = b.reading_date
                        and a.interval_start_at = b.interval_start_at
                    where coalesce(a.energy_kwh, decimal '0') <> coalesce(b.energy_kwh, decimal '0')
                )
                select
                    i.meter_id, i.channel, i.flow_direction, i.reading_date, i.interval_start_at, i.interval_minutes,
                    i.is_before, i.before_kwh, i.before_value, i.before_unit, i.before_quality,
                    i.is_after, i.after_kwh, i.after_value, i.after_unit, i.after_quality,
                    i.source_file, i.file_checksum, i.recorded_at, i.received_at,
                    c.commit_requested_at, c.new_source_file, c.new_file_checksum, c.new_recorded_at, c.received_at,
                    c.old_value, c.old_unit, c.old_quality, c.new_value, c.new_unit, c.new_quality, c.old_source_file
                from intervals i
                left join changes c
                    on c.meter_id = i.meter_id
                    and c.channel = i.channel
                    and c.interval_start_at = i.interval_start_at
                order by
                    i.meter_id, i.channel, i.flow_direction, i.reading_date, i.interval_start_at, c.commit_requested_at
                """.formatted(
                        readings(before.readingsSql(), period, days),
                        readings(after.readingsSql(), period, days),
                        changes(before.snapshot(), after.snapshot(), period));
    }

    private static String readings(String sql, Days period, List<LocalDate> days) {
        String read = InputPartitions.columns(sql, ReportDefinition.READINGS_COLUMNS, period);
        return days.isEmpty()
                ? read
                : read
                        + "\n    and reading_date in (%s)"
                                .formatted(days.stream()
                                        .map("date '%s'"::formatted)
                                        .collect(Collectors.joining(", ")));
    }

    /**
     * The corrections that the later snapshot has and the earlier one has not. A snapshot without the table tells its
     * newest commit instead.
     */
    private static String changes(Snapshot before, Snapshot after, Days period) {
        String columns = """
                    select
                        c.meter_id,
                        c.channel,
                        cast(c.interval_start as timestamp(6)) as interval_start_at,
                        c.commit_requested_at,
                        c.new_source_file,
                        c.new_file_checksum,
                        cast(c.new_recorded_at as timestamp(6)) as new_recorded_at,
                        cast(c.received_at as timestamp(6)) as received_at,
                        c.old_value, c.old_unit, c.old_quality,
                        c.new_value, c.new_unit, c.new_quality,
                        c.old_source_file
                    from %s c
                """.formatted(after.table(CHANGES).isPresent() ? table(after) : empty());
        String when = period.sql("c.reading_date");
        if (before.table(CHANGES).isPresent()) {
            return columns + """
                        left join %s known
                            on known.meter_id = c.meter_id
                            and known.channel = c.channel
                            and known.interval_start_us = c.interval_start_us
                            and known.commit_requested_at = c.commit_requested_at
                            and %s
                        where %s
                            and known.meter_id is null""".formatted(table(before), period.sql("known.reading_date"), when);
        }
        String newest = before.table("meter_readings")
                .flatMap(PinnedTable::newest)
                .map(commit -> commit.requested())
                .orElse("");
        return columns + "    where %s and c.commit_requested_at > %s".formatted(when, TrinoDialect.literal(newest));
    }

    private static String table(Snapshot snapshot) {
        return new Relation(TrinoDialect.MODEL_CATALOG, snapshot.database(), CHANGES).sql();
    }

    /** No corrections are known. */
    private static String empty() {
        return """
                (
                    select
                        cast(null as varchar) as meter_id, cast(null as varchar) as channel,
                        cast(null as timestamp(6)) as interval_start, cast(null as bigint) as interval_start_us,
                        cast(null as varchar) as commit_requested_at, cast(null as date) as reading_date,
                        cast(null as varchar) as new_source_file, cast(null as varchar) as new_file_checksum,
                        cast(null as timestamp(6)) as new_recorded_at, cast(null as timestamp(6)) as received_at,
                        cast(null as decimal(18, 6)) as old_value, cast(null as varchar) as old_unit,
                        cast(null as varchar) as old_quality, cast(null as decimal(18, 6)) as new_value,
                        cast(null as varchar) as new_unit, cast(null as varchar) as new_quality,
                        cast(null as varchar) as old_source_file
                    where false
                )""";
    }
}
