select
    readings.meter_id,
    readings.channel,
    readings.interval_start_at,
    readings.interval_end_at,
    readings.interval_minutes,
    readings.reading_date,
    readings.reading_value,
    readings.unit,
    readings.energy_kwh,
    readings.utility,
    readings.source_file,
    meters.meter_class,
    meters.fuse_kw,
    cast(
        cast(readings.energy_kwh * 60 as decimal(38, 9)) / readings.interval_minutes as decimal(38, 9)
    ) as average_kw,
    -- A daily value is one interval on a day of 23 hours and on one of 25.
    case readings.interval_minutes when 1440 then 1380 else readings.interval_minutes end as shortest_minutes,
    case readings.interval_minutes when 1440 then 1500 else readings.interval_minutes end as longest_minutes
from {{ ref('fct_readings') }} as readings
left join {{ ref('meters') }} as meters
    on readings.meter_id = meters.meter_id
where readings.is_usable
