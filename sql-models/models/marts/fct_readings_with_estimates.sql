with intervals as (

    select
        meter_id,
        channel,
        interval_start_at,
        interval_end_at,
        interval_minutes,
        reading_date,
        time_zone,
        flow_direction,
        energy_kwh,
        quality as origin
    from {{ ref('fct_readings') }}
    where energy_kwh is not null

    union all

    select
        meter_id,
        channel,
        interval_start_at,
        interval_end_at,
        interval_minutes,
        reading_date,
        time_zone,
        flow_direction,
        energy_kwh,
        estimation_method as origin
    from {{ ref('fct_estimated_intervals') }}

)

select
    meter_id,
    channel,
    interval_start_at,
    interval_end_at,
    interval_minutes,
    reading_date,
    time_zone,
    flow_direction,
    energy_kwh,
    origin,
    {{ value_rank('origin') }} as value_rank
from intervals
