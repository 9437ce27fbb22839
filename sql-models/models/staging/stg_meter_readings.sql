with source as (

    select
        meter_id,
        channel,
        interval_start,
        interval_minutes,
        value,
        unit,
        quality,
        quality_code,
        recorded_at,
        received_at,
        time_zone,
        utility,
        source_file,
        file_checksum,
        reading_date
    from {{ source('lake', 'meter_readings') }}

)

select
    meter_id,
    channel,
    cast(interval_start as timestamp(6)) as interval_start_at,
    cast(interval_start + interval '1' minute * interval_minutes as timestamp(6)) as interval_end_at,
    interval_minutes,
    reading_date,
    time_zone,
    value as reading_value,
    unit,
    {{ quantity('unit') }} as quantity,
    quality,
    quality_code,
    {{ is_usable('quality', 'value') }} as is_usable,
    utility,
    source_file,
    file_checksum,
    cast(recorded_at as timestamp(6)) as recorded_at,
    cast(received_at as timestamp(6)) as received_at
from source
