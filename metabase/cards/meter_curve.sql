with standing as (

    select
        concat(meter_id, ' ', channel) as series,
        time_zone,
        reading_date,
        interval_start_at,
        interval_minutes,
        energy_kwh,
        quality = 'estimated' as is_estimated,
        is_usable,
        true as is_certain
    from hive.marts.fct_readings_by_meter
    where
        quantity = 'active_energy'
        and {{meters}}
        and {{range}}
        [[and {{channel}}]]

),

versions as (

    select
        meter_id,
        channel,
        time_zone,
        reading_date,
        interval_start_at,
        interval_minutes,
        energy_kwh,
        quality,
        is_usable,
        is_known_from_certain,
        known_from_at,
        known_until_at
    from hive.marts.fct_reading_versions
    where
        quantity = 'active_energy'
        and {{version_meters}}
        and {{version_range}}
        [[and {{version_channel}}]]

),

readings as (

    select * from standing
    [[
    union all

    -- The versions that the lake held at the end of that day of the market.
    select
        concat(meter_id, ' ', channel, ', as known on ', cast(cast({{known_on}} as date) as varchar)) as series,
        time_zone,
        reading_date,
        interval_start_at,
        interval_minutes,
        energy_kwh,
        quality = 'estimated' as is_estimated,
        is_usable,
        is_known_from_certain as is_certain
    from versions
    where
        coalesce(known_from_at, timestamp '0001-01-01 00:00:00') < cast(
            at_timezone(with_timezone(cast(date_add('day', 1, cast({{known_on}} as date)) as timestamp(6)), time_zone), 'UTC')
            as timestamp(6)
        )
        and coalesce(known_until_at, timestamp '9999-01-01 00:00:00') >= cast(
            at_timezone(with_timezone(cast(date_add('day', 1, cast({{known_on}} as date)) as timestamp(6)), time_zone), 'UTC')
            as timestamp(6)
        )
    ]]

),

-- A row a day, with its readings in an array: what follows counts and numbers days, of which there are few.
-- In steps of 15 minutes at the least: those of 5 minutes are added up, longer ones stay.
days as (

    select
        series,
        time_zone,
        reading_date,
        greatest(min(interval_minutes), 15) as step_minutes,
        array_agg(
            cast(
                row(
                    date_add('minute', -(minute(interval_start_at) % 15), date_trunc('minute', interval_start_at)),
                    cast(
                        at_timezone(
                            date_trunc('hour', at_timezone(with_timezone(interval_start_at, 'UTC'), time_zone)), 'UTC'
                        ) as timestamp(6)
                    ),
                    energy_kwh,
                    is_estimated,
                    is_usable,
                    is_certain
                ) as row(
                    step_at timestamp(6),
                    hour_at timestamp(6),
                    energy_kwh decimal(27, 9),
                    is_estimated boolean,
                    is_usable boolean,
                    is_certain boolean
                )
            )
        ) as day_readings
    from readings
    group by 1, 2, 3

),

numbered as (

    select
        *,
        cardinality(array_distinct(transform(day_readings, reading -> reading.step_at))) as steps,
        cardinality(array_distinct(transform(day_readings, reading -> reading.hour_at))) as hours,
        lag(reading_date) over (partition by series, time_zone order by reading_date) as previous_date,
        min(reading_date) over (partition by series, time_zone) as first_date,
        dense_rank() over (order by series, time_zone) as series_number
    from days

),

counted as (

    select
        *,
        sum(steps) over () as all_steps,
        sum(hours) over () as all_hours,
        count(*) over () as all_days,
        count_if(date_trunc('month', reading_date) is distinct from date_trunc('month', previous_date)) over () as all_months,
        max(series_number) over () as all_series,
        min(step_minutes) over () as shortest_minutes
    from numbered

),

leveled as (

    select
        *,
        greatest(
            case
                when all_steps <= {{row_limit}} then 1
                when all_hours <= {{row_limit}} then 2
                when all_days <= {{row_limit}} then 3
                when all_months <= {{row_limit}} then 4
                else 5
            end,
            case {{granularity}} when 'hour' then 2 when 'day' then 3 when 'month' then 4 else 1 end
        ) as level
    from counted

),

-- Only of whole ranges may there be more rows than fit.
fitting as (

    select
        series,
        series_number,
        time_zone,
        level,
        day_readings,
        cast(
            at_timezone(
                with_timezone(
                    cast(
                        case level
                            when 5 then first_date when 4 then date_trunc('month', reading_date) else reading_date
                        end as timestamp(6)
                    ),
                    time_zone
                ),
                'UTC'
            ) as timestamp(6)
        ) as days_at,
        case level
            when 1 then concat(cast(shortest_minutes as varchar), ' min')
            when 2 then 'hour'
            when 3 then 'day'
            when 4 then 'month'
            else 'the whole range'
        end as granularity,
        case level
            when 1 then all_steps
            when 2 then all_hours
            when 3 then all_days
            when 4 then all_months
            else all_series
        end as all_rows
    from leveled
    where level < 5 or series_number <= {{row_limit}}

)

select
    series,
    with_timezone(
        case level when 1 then reading.step_at when 2 then reading.hour_at else days_at end, 'UTC'
    ) as starts_at,
    sum(reading.energy_kwh) as energy_kwh,
    granularity,
    count_if(reading.is_estimated) as estimated_intervals,
    count_if(not reading.is_usable) as unusable_intervals,
    count_if(not reading.is_certain) as unsure_intervals,
    time_zone,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(all_rows, {{row_limit}}) as varchar), ' of ', cast(all_rows as varchar)) as rows_shown
from fitting
cross join unnest(day_readings) as reading (step_at, hour_at, energy_kwh, is_estimated, is_usable, is_certain)
group by series_number, 1, 2, 4, time_zone, all_rows
order by series_number, 2
