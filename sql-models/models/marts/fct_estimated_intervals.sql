{{ config(materialized='table') }}

with estimates as (

    select
        missing.meter_id,
        missing.channel,
        missing.interval_start_at,
        missing.interval_end_at,
        missing.interval_minutes,
        missing.reading_date,
        missing.time_zone,
        coalesce(interpolated.energy_kwh, similar_day.energy_kwh) as energy_kwh,
        case when interpolated.energy_kwh is null then 'similar_day' else 'interpolated' end as estimation_method,
        coalesce(interpolated.based_on_intervals, similar_day.based_on_intervals) as based_on_intervals
    from {{ ref('int_missing_intervals') }} as missing
    left join {{ ref('int_interpolated_intervals') }} as interpolated
        on
            missing.meter_id = interpolated.meter_id
            and missing.channel = interpolated.channel
            and missing.interval_start_at = interpolated.interval_start_at
    left join {{ ref('int_similar_day_intervals') }} as similar_day
        on
            missing.meter_id = similar_day.meter_id
            and missing.channel = similar_day.channel
            and missing.interval_start_at = similar_day.interval_start_at

)

select
    meter_id,
    channel,
    interval_start_at,
    interval_end_at,
    interval_minutes,
    reading_date,
    time_zone,
    {{ flow_direction('channel') }} as flow_direction,
    energy_kwh,
    estimation_method,
    based_on_intervals,
    {{ value_rank('estimation_method') }} as value_rank
from estimates
where energy_kwh is not null
