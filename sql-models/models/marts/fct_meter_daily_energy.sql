{{ config(materialized='table') }}

with days as (

    select
        meter_id,
        channel,
        reading_date,
        flow_direction,
        max(time_zone) as time_zone,
        max(utility) as utility,
        min(interval_minutes) as shortest_minutes,
        coalesce(sum(energy_kwh), cast(0 as decimal(38, 9))) as energy_kwh,
        coalesce(
            sum(energy_kwh) filter (where quality = 'estimated'), cast(0 as decimal(38, 9))
        ) as estimated_energy_kwh,
        count_if(is_usable and quality = 'actual') as actual_intervals,
        count_if(is_usable and quality = 'estimated') as estimated_intervals,
        count_if(is_usable and quality = 'substituted') as substituted_intervals,
        coalesce(sum(interval_minutes) filter (where is_usable), 0) as usable_minutes
    from {{ ref('fct_readings') }}
    where quantity = 'active_energy'
    group by meter_id, channel, reading_date, flow_direction

),

-- How long intervals are is what the calendar says, and else what came.
calendar as (

    select
        days.*,
        coalesce(declared.interval_minutes, days.shortest_minutes) as interval_minutes,
        case when declared.meter_id is null then 'observed' else 'declared' end as provenance
    from days
    left join {{ ref('int_declared_channels') }} as declared
        on
            days.meter_id = declared.meter_id
            and days.channel = declared.channel
            and days.reading_date >= declared.valid_from
            and days.reading_date < declared.valid_to

),

-- What is missing is what the day's minutes leave uncovered: rows that never came count the same as rows that say
-- "missing", and a day in which the interval length changed is right as well. They are counted in the length of what
-- came, as those that came are; fct_meter_completeness counts in the length that is declared.
gaps as (

    select
        *,
        {{ intervals_in(
            market_day_minutes('reading_date', 'time_zone') ~ ' - usable_minutes', 'shortest_minutes'
        ) }} as missing_intervals
    from calendar

),

counts as (

    select
        *,
        actual_intervals + estimated_intervals + substituted_intervals as usable_intervals,
        actual_intervals + estimated_intervals + substituted_intervals + missing_intervals as expected_intervals
    from gaps

)

select
    meter_id,
    channel,
    reading_date,
    flow_direction,
    time_zone,
    utility,
    interval_minutes,
    provenance,
    energy_kwh,
    estimated_energy_kwh,
    expected_intervals,
    actual_intervals,
    estimated_intervals,
    substituted_intervals,
    missing_intervals,
    {{ share('usable_intervals', 'expected_intervals') }} as completeness,
    {{ share('estimated_intervals', 'usable_intervals') }} as estimated_share
from counts
