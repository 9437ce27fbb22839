with readings as (

    select
        *,
        -- A daily value has 23, 24 or 25 hours.
        date_diff('minute', interval_start_at, interval_end_at) as length_minutes
    from {{ ref('fct_readings') }}
    where is_usable

)

select
    readings.meter_id,
    readings.channel,
    readings.interval_start_at,
    readings.interval_end_at,
    readings.interval_minutes,
    readings.length_minutes,
    readings.reading_date,
    readings.reading_value,
    readings.unit,
    readings.energy_kwh,
    readings.utility,
    readings.source_file,
    meters.meter_class,
    meters.fuse_kw,
    cast(
        cast(readings.energy_kwh * 60 as decimal(38, 9)) / readings.length_minutes as decimal(38, 9)
    ) as average_kw
from readings
left join {{ ref('meters') }} as meters
    on readings.meter_id = meters.meter_id
