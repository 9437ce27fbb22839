-- In steps of 15 minutes at the least: those of 5 minutes are added up, longer ones stay.
with steps as (

    select
        meter_id,
        channel,
        time_zone,
        reading_date,
        date_add('minute', -(minute(interval_start_at) % 15), date_trunc('minute', interval_start_at)) as step_at,
        greatest(min(interval_minutes), 15) as step_minutes,
        sum(energy_kwh) as energy_kwh,
        count_if(quality = 'estimated') as estimated_intervals,
        count_if(not is_usable) as unusable_intervals
    from hive.marts.fct_readings
    where
        quantity = 'active_energy'
        and {{meters}}
        and {{range}}
        [[and {{channel}}]]
    group by 1, 2, 3, 4, 5

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
        row_number() over (partition by meter_id, channel, hour_at order by step_at) = 1 as is_first_of_hour,
        row_number() over (partition by meter_id, channel, reading_date order by step_at) = 1 as is_first_of_day
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
                else 4
            end,
            case {{granularity}} when 'hour' then 2 when 'day' then 3 when 'month' then 4 else 1 end
        ) as level,
        min(step_minutes) over () as shortest_minutes
    from firsts

)

select
    concat(meter_id, ' ', channel) as series,
    with_timezone(
        case level when 1 then step_at when 2 then hour_at when 3 then day_at else month_at end, 'UTC'
    ) as starts_at,
    sum(energy_kwh) as energy_kwh,
    case level
        when 1 then concat(cast(shortest_minutes as varchar), ' min') when 2 then 'hour' when 3 then 'day' else 'month'
    end as granularity,
    sum(estimated_intervals) as estimated_intervals,
    sum(unusable_intervals) as unusable_intervals,
    time_zone
from fitting
group by 1, 2, 4, time_zone
order by 1, 2
