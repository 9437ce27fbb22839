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

-- In steps of 15 minutes at the least: those of 5 minutes are added up, longer ones stay.
steps as (

    select
        series,
        time_zone,
        reading_date,
        date_add('minute', -(minute(interval_start_at) % 15), date_trunc('minute', interval_start_at)) as step_at,
        greatest(min(interval_minutes), 15) as step_minutes,
        sum(energy_kwh) as energy_kwh,
        count_if(is_estimated) as estimated_intervals,
        count_if(not is_usable) as unusable_intervals,
        count_if(not is_certain) as unsure_intervals
    from readings
    group by 1, 2, 3, 4

),

starts as (

    select
        *,
        cast(
            at_timezone(date_trunc('hour', at_timezone(with_timezone(step_at, 'UTC'), time_zone)), 'UTC')
            as timestamp(6)
        ) as hour_at,
        cast(at_timezone(with_timezone(cast(reading_date as timestamp(6)), time_zone), 'UTC') as timestamp(6)) as day_at,
        cast(
            at_timezone(with_timezone(cast(date_trunc('month', reading_date) as timestamp(6)), time_zone), 'UTC')
            as timestamp(6)
        ) as month_at
    from steps

),

firsts as (

    select
        *,
        row_number() over (partition by series, hour_at order by step_at) = 1 as is_first_of_hour,
        row_number() over (partition by series, reading_date order by step_at) = 1 as is_first_of_day,
        row_number() over (partition by series, month_at order by step_at) = 1 as is_first_of_month,
        min(day_at) over (partition by series) as range_at
    from starts

),

fitting as (

    select
        *,
        greatest(
            case
                when count(*) over () <= {{row_limit}} then 1
                when count_if(is_first_of_hour) over () <= {{row_limit}} then 2
                when count_if(is_first_of_day) over () <= {{row_limit}} then 3
                when count_if(is_first_of_month) over () <= {{row_limit}} then 4
                else 5
            end,
            case {{granularity}} when 'hour' then 2 when 'day' then 3 when 'month' then 4 else 1 end
        ) as level,
        min(step_minutes) over () as shortest_minutes
    from firsts

)

select
    series,
    with_timezone(
        case level when 1 then step_at when 2 then hour_at when 3 then day_at when 4 then month_at else range_at end,
        'UTC'
    ) as starts_at,
    sum(energy_kwh) as energy_kwh,
    case level
        when 1 then concat(cast(shortest_minutes as varchar), ' min')
        when 2 then 'hour'
        when 3 then 'day'
        when 4 then 'month'
        else 'the whole range'
    end as granularity,
    sum(estimated_intervals) as estimated_intervals,
    sum(unusable_intervals) as unusable_intervals,
    sum(unsure_intervals) as unsure_intervals,
    time_zone,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), {{row_limit}}) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from fitting
group by 1, 2, 4, time_zone
order by 1, 2
limit {{row_limit}}
