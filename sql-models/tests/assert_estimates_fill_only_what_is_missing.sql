-- What was received is never estimated, not even a part of it.
select
    estimates.meter_id,
    estimates.channel,
    estimates.interval_start_at,
    readings.interval_start_at as received_start_at
from {{ ref('fct_estimated_intervals') }} as estimates
inner join {{ ref('fct_readings') }} as readings
    on
        estimates.meter_id = readings.meter_id
        and estimates.channel = readings.channel
        and estimates.reading_date = readings.reading_date
        and estimates.interval_start_at < readings.interval_end_at
        and estimates.interval_end_at > readings.interval_start_at
where readings.is_usable
