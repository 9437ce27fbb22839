{{ config(materialized='table') }}

with days as (

    select
        calendar.meter_id,
        calendar.channel,
        lake_days.reading_date,
        calendar.provenance,
        calendar.interval_minutes,
        -- The readings' zone has decided which of them are of this day.
        coalesce(received.time_zone, calendar.time_zone) as time_zone,
        calendar.flow_direction,
        received.utility,
        coalesce(received.shortest_minutes, 0) as shortest_minutes,
        coalesce(received.longest_minutes, 0) as longest_minutes,
        coalesce(received.usable_minutes, 0) as usable_minutes,
        coalesce(received.estimated_minutes, 0) as estimated_minutes,
        coalesce(received.substituted_minutes, 0) as substituted_minutes
    from {{ ref('dim_meter_channel') }} as calendar
    inner join {{ ref('int_lake_days') }} as lake_days
        on
            calendar.valid_from <= lake_days.reading_date
            and calendar.valid_to > lake_days.reading_date
    left join {{ ref('int_channel_days') }} as received
        on
            calendar.meter_id = received.meter_id
            and calendar.channel = received.channel
            and lake_days.reading_date = received.reading_date

),

measured as (

    select
        *,
        {{ market_day_minutes('reading_date', 'time_zone') }} as day_minutes
    from days

)

select
    meter_id,
    channel,
    reading_date,
    provenance,
    interval_minutes,
    time_zone,
    flow_direction,
    utility,
    day_minutes,
    {{ intervals_in('day_minutes', 'interval_minutes') }} as expected_intervals,
    -- All values have the expected length, and the day has no minute without one: nobody needs to look closer.
    usable_minutes >= day_minutes
    and shortest_minutes = interval_minutes
    and longest_minutes = interval_minutes as is_whole,
    estimated_minutes,
    substituted_minutes
from measured
