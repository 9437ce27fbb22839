with source as (

    select
        meter_id,
        channel,
        interval_start,
        old_interval_minutes,
        new_interval_minutes,
        old_value,
        new_value,
        old_unit,
        new_unit,
        old_quality,
        new_quality,
        old_quality_code,
        new_quality_code,
        old_time_zone,
        new_time_zone,
        old_recorded_at,
        new_recorded_at,
        old_source_file,
        new_source_file,
        old_file_checksum,
        new_file_checksum,
        utility,
        commit_requested_at,
        received_at,
        reading_date
    from {{ source('lake', 'reading_changes') }}

)

select
    meter_id,
    channel,
    cast(interval_start as timestamp(6)) as interval_start_at,
    reading_date,
    old_interval_minutes,
    new_interval_minutes,
    old_value as old_reading_value,
    new_value as new_reading_value,
    old_unit,
    new_unit,
    old_quality,
    new_quality,
    old_quality_code,
    new_quality_code,
    old_time_zone,
    new_time_zone,
    cast(old_recorded_at as timestamp(6)) as old_recorded_at,
    cast(new_recorded_at as timestamp(6)) as new_recorded_at,
    old_source_file,
    new_source_file,
    old_file_checksum,
    new_file_checksum,
    utility,
    commit_requested_at as commit_requested_instant,
    cast(received_at as timestamp(6)) as received_at
from source
