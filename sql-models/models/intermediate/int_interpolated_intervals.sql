-- Short gaps: on the line from the value before the gap to the value after it.
with numbered as (

    select
        *,
        coalesce(lag(interval_end_at) over channel_intervals = interval_start_at, false) as is_as_before
    from {{ ref('int_missing_intervals') }}
    where covered_minutes = 0
    window channel_intervals as (partition by meter_id, channel order by interval_start_at)

),

in_gaps as (

    select
        *,
        count_if(not is_as_before) over (
            partition by meter_id, channel
            order by interval_start_at
        ) as gap_number
    from numbered

),

gaps as (

    select
        meter_id,
        channel,
        gap_number,
        min(interval_minutes) as interval_minutes,
        min(interval_start_at) as gap_start_at,
        max(interval_end_at) as gap_end_at,
        count(*) as intervals
    from in_gaps
    group by meter_id, channel, gap_number
    having
        date_diff('minute', min(interval_start_at), max(interval_end_at)) <= {{ var('interpolate_minutes') }}
        and min(interval_minutes) = max(interval_minutes)

),

ends as (

    select
        gaps.meter_id,
        gaps.channel,
        gaps.gap_number,
        gaps.intervals,
        before_gap.energy_kwh as energy_before_kwh,
        after_gap.energy_kwh as energy_after_kwh
    from gaps
    inner join {{ ref('fct_readings') }} as before_gap
        on
            gaps.meter_id = before_gap.meter_id
            and gaps.channel = before_gap.channel
            and gaps.gap_start_at = before_gap.interval_end_at
            and gaps.interval_minutes = before_gap.interval_minutes
    inner join {{ ref('fct_readings') }} as after_gap
        on
            gaps.meter_id = after_gap.meter_id
            and gaps.channel = after_gap.channel
            and gaps.gap_end_at = after_gap.interval_start_at
            and gaps.interval_minutes = after_gap.interval_minutes
    where before_gap.energy_kwh is not null and after_gap.energy_kwh is not null

),

placed as (

    select
        *,
        row_number() over (
            partition by meter_id, channel, gap_number
            order by interval_start_at
        ) as place
    from in_gaps

)

select
    placed.meter_id,
    placed.channel,
    placed.interval_start_at,
    cast(
        (
            ends.energy_before_kwh * (ends.intervals + 1 - placed.place)
            + ends.energy_after_kwh * placed.place
        ) / (ends.intervals + 1) as decimal(27, 9)
    ) as energy_kwh,
    cast(2 as bigint) as based_on_intervals
from placed
inner join ends
    on
        placed.meter_id = ends.meter_id
        and placed.channel = ends.channel
        and placed.gap_number = ends.gap_number
