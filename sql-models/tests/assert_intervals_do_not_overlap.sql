-- Two intervals of one channel that overlap measure the same energy twice, as when a day comes again with another
-- interval length. The window looks at the next interval that has a value.
with readings as (

    select
        meter_id,
        channel,
        interval_start_at,
        interval_end_at,
        lead(interval_start_at) over (
            partition by meter_id, channel
            order by interval_start_at
        ) as next_interval_start_at
    from {{ ref('fct_readings') }}
    where energy_kwh is not null

)

select
    meter_id,
    channel,
    interval_start_at,
    interval_end_at,
    next_interval_start_at
from readings
where interval_end_at > next_interval_start_at
