{{ config(materialized='table') }}

with days as (

    select
        *,
        cast(
            at_timezone(with_timezone(cast(reading_date as timestamp(0)), time_zone), 'UTC') as timestamp(6)
        ) as day_start_at
    from {{ ref('int_expected_days') }}
    where not is_whole and expected_intervals > 0

),

expected as (

    select
        days.meter_id,
        days.channel,
        days.reading_date,
        days.interval_minutes,
        days.time_zone,
        days.day_start_at + interval '1' minute * (slots.slot * days.interval_minutes) as interval_start_at,
        -- The last one ends with the day: a daily value's has 23, 24 or 25 hours.
        days.day_start_at + interval '1' minute * case
            when slots.slot + 1 = days.expected_intervals then days.day_minutes
            else (slots.slot + 1) * days.interval_minutes
        end as interval_end_at
    from days
    cross join unnest(sequence(0, days.expected_intervals - 1)) as slots (slot)

),

usable as (

    select
        meter_id,
        channel,
        reading_date,
        interval_start_at,
        interval_end_at,
        interval_minutes
    from {{ ref('fct_readings') }}
    where is_usable

),

parts as (

    select
        expected.meter_id,
        expected.channel,
        expected.interval_start_at,
        greatest(usable.interval_start_at, expected.interval_start_at) as part_start_at,
        max(least(usable.interval_end_at, expected.interval_end_at)) as part_end_at,
        -- A daily value need not begin at midnight: that of a gas day begins at six.
        bool_or(usable.interval_minutes = 1440 and expected.interval_minutes = 1440) as is_whole
    from expected
    inner join usable
        on
            expected.meter_id = usable.meter_id
            and expected.channel = usable.channel
            and expected.reading_date = usable.reading_date
            and expected.interval_start_at < usable.interval_end_at
            and expected.interval_end_at > usable.interval_start_at
    group by
        expected.meter_id,
        expected.channel,
        expected.interval_start_at,
        greatest(usable.interval_start_at, expected.interval_start_at)

),

laid_on as (

    select
        *,
        -- Values may overlap, as when a half-hour and a quarter in it are both sent: no minute counts twice.
        greatest(
            part_start_at,
            coalesce(
                max(part_end_at) over (
                    partition by meter_id, channel, interval_start_at
                    order by part_start_at
                    rows between unbounded preceding and 1 preceding
                ),
                part_start_at
            )
        ) as new_from_at
    from parts

),

covered as (

    select
        expected.meter_id,
        expected.channel,
        expected.reading_date,
        expected.interval_start_at,
        expected.interval_end_at,
        expected.interval_minutes,
        expected.time_zone,
        date_diff('minute', expected.interval_start_at, expected.interval_end_at) as length_minutes,
        coalesce(
            sum(
                case
                    when laid_on.is_whole then 1500
                    else greatest(date_diff('minute', laid_on.new_from_at, laid_on.part_end_at), 0)
                end
            ),
            0
        ) as covered_minutes
    from expected
    left join laid_on
        on
            expected.meter_id = laid_on.meter_id
            and expected.channel = laid_on.channel
            and expected.interval_start_at = laid_on.interval_start_at
    group by
        expected.meter_id,
        expected.channel,
        expected.reading_date,
        expected.interval_start_at,
        expected.interval_end_at,
        expected.interval_minutes,
        expected.time_zone

)

select
    meter_id,
    channel,
    reading_date,
    interval_start_at,
    interval_end_at,
    interval_minutes,
    time_zone,
    covered_minutes
from covered
where covered_minutes < length_minutes
