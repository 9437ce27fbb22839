package io.meterlake.report;

import io.meterlake.engine.TrinoDialect;
import java.time.LocalDate;
import java.util.Collection;
import java.util.stream.Collectors;

/** The statement that compares the days of two states, and one that says whom days are settled with. */
final class EnergyDiffSql {
    private EnergyDiffSql() {}

    /** Days of channels whose energy differs, with the sums of the whole period. */
    static String days(EnergyState before, EnergyState after, Days period) {
        return """
                with before_days as (
                %s
                ),
                after_days as (
                %s
                ),
                days as (
                    select
                        coalesce(b.partner_id, a.partner_id) as partner_id,
                        coalesce(b.meter_id, a.meter_id) as meter_id,
                        coalesce(b.channel, a.channel) as channel,
                        coalesce(b.flow_direction, a.flow_direction) as flow_direction,
                        coalesce(b.reading_date, a.reading_date) as reading_date,
                        b.energy_kwh as before_kwh,
                        a.energy_kwh as after_kwh
                    from before_days b
                    full outer join after_days a
                        on a.partner_id = b.partner_id
                        and a.meter_id = b.meter_id
                        and a.channel = b.channel
                        and a.flow_direction = b.flow_direction
                        and a.reading_date = b.reading_date
                ),
                sums as (
                    select
                        *,
                        coalesce(sum(before_kwh) over channels, decimal '0') as channel_before_kwh,
                        coalesce(sum(after_kwh) over channels, decimal '0') as channel_after_kwh,
                        coalesce(sum(before_kwh) over partners, decimal '0') as partner_before_kwh,
                        coalesce(sum(after_kwh) over partners, decimal '0') as partner_after_kwh
                    from days
                    window
                        channels as (partition by partner_id, meter_id, channel, flow_direction),
                        partners as (partition by partner_id, flow_direction)
                )
                select
                    partner_id, meter_id, channel, flow_direction, reading_date,
                    before_kwh, after_kwh, channel_before_kwh, channel_after_kwh, partner_before_kwh, partner_after_kwh
                from sums
                where coalesce(before_kwh, decimal '0') <> coalesce(after_kwh, decimal '0')
                order by partner_id, meter_id, channel, flow_direction, reading_date
                """.formatted(summedDays(before.detailSql(), period), summedDays(after.detailSql(), period));
    }

    /** One row a day and channel and partner, whatever finer grain the query has. */
    private static String summedDays(String detailSql, Days period) {
        return """
                select partner_id, meter_id, channel, flow_direction, reading_date, sum(energy_kwh) as energy_kwh
                from (
                %s
                )
                where %s
                group by partner_id, meter_id, channel, flow_direction, reading_date""".formatted(detailSql.strip(), period.sql("reading_date"));
    }

    /** Whom days of channels are settled with, and the energy of all of the channel and the partner. */
    static String partners(EnergyState after, Days period, Collection<ChannelDay> days) {
        String keys = days.stream()
                .map(day -> "(%s, %s, %s, date '%s')"
                        .formatted(
                                TrinoDialect.literal(day.meterId()),
                                TrinoDialect.literal(day.channel()),
                                TrinoDialect.literal(day.flowDirection()),
                                day.day()))
                .collect(Collectors.joining(",\n"));
        return """
                with after_days as (
                %s
                ),
                sums as (
                    select
                        *,
                        sum(energy_kwh) over (
                            partition by partner_id, meter_id, channel, flow_direction
                        ) as channel_kwh,
                        sum(energy_kwh) over (partition by partner_id, flow_direction) as partner_kwh
                    from after_days
                )
                select partner_id, meter_id, channel, flow_direction, reading_date, channel_kwh, partner_kwh
                from sums
                where (meter_id, channel, flow_direction, reading_date) in (
                %s
                )
                order by partner_id, meter_id, channel, flow_direction, reading_date
                """.formatted(summedDays(after.detailSql(), period), keys);
    }

    /** A day of a channel. */
    record ChannelDay(String meterId, String channel, String flowDirection, LocalDate day) {}
}
