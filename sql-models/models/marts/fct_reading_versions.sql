with changes as (

    select
        *,
        row_number() over (
            partition by meter_id, channel, interval_start_at, reading_date
            order by commit_requested_instant
        ) as version_number,
        lag(received_at) over (
            partition by meter_id, channel, interval_start_at, reading_date
            order by commit_requested_instant
        ) as previous_received_at
    from {{ ref('stg_reading_changes') }}

),

last_changes as (

    select
        meter_id,
        channel,
        interval_start_at,
        reading_date,
        count(*) as changes,
        max_by(received_at, commit_requested_instant) as received_at
    from {{ ref('stg_reading_changes') }}
    group by meter_id, channel, interval_start_at, reading_date

),

versions as (

    select
        meter_id,
        channel,
        interval_start_at,
        reading_date,
        version_number,
        old_interval_minutes as interval_minutes,
        old_time_zone as time_zone,
        old_reading_value as reading_value,
        old_unit as unit,
        {{ quantity('old_unit') }} as quantity,
        old_quality as quality,
        {{ is_usable('old_quality', 'old_reading_value') }} as is_usable,
        old_source_file as source_file,
        old_file_checksum as file_checksum,
        previous_received_at as corrected_at,
        received_at as known_until_at
    from changes

    union all

    select
        readings.meter_id,
        readings.channel,
        readings.interval_start_at,
        readings.reading_date,
        coalesce(last_changes.changes, 0) + 1 as version_number,
        readings.interval_minutes,
        readings.time_zone,
        readings.reading_value,
        readings.unit,
        readings.quantity,
        readings.quality,
        readings.is_usable,
        readings.source_file,
        readings.file_checksum,
        last_changes.received_at as corrected_at,
        cast(null as timestamp(6)) as known_until_at
    from {{ ref('stg_readings_by_meter') }} as readings
    left join last_changes
        on
            readings.meter_id = last_changes.meter_id
            and readings.channel = last_changes.channel
            and readings.interval_start_at = last_changes.interval_start_at
            and readings.reading_date = last_changes.reading_date

),

-- A file that corrects one interval of a channel's day mostly sends the whole day again.
corrected_days as (

    select distinct
        meter_id,
        channel,
        reading_date,
        new_file_checksum as file_checksum
    from {{ ref('stg_reading_changes') }}

)

select
    versions.meter_id,
    versions.channel,
    versions.interval_start_at,
    versions.reading_date,
    versions.version_number,
    versions.interval_minutes,
    versions.time_zone,
    versions.quantity,
    versions.reading_value,
    versions.unit,
    case when versions.is_usable then {{ energy_kwh('versions.reading_value', 'versions.unit') }} end as energy_kwh,
    versions.quality,
    versions.is_usable,
    versions.source_file,
    -- A reading that says the same as before and was only recorded later takes the old one's place and file, without a
    -- change. So the file of an interval's first value may have repeated it.
    case
        when versions.corrected_at is not null then versions.corrected_at
        when files.rows_new > 0 and corrected_days.file_checksum is null then files.received_at
    end as known_from_at,
    coalesce(
        versions.corrected_at is not null or files.rows_new = 0 or files.rows_changed = 0, false
    ) as is_known_from_certain,
    versions.known_until_at
from versions
left join {{ ref('stg_ingested_files') }} as files
    on versions.file_checksum = files.file_checksum
left join corrected_days
    on
        versions.meter_id = corrected_days.meter_id
        and versions.channel = corrected_days.channel
        and versions.reading_date = corrected_days.reading_date
        and versions.file_checksum = corrected_days.file_checksum
