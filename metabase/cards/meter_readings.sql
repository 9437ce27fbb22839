with readings as (

    select
        *,
        count(*) over () as rows_in_all
    from hive.marts.fct_readings_by_meter
    where
        {{meters}}
        and {{range}}
        [[and {{channel}}]]
    order by meter_id, channel, interval_start_at
    limit 2000

),

corrections as (

    select
        meter_id,
        channel,
        interval_start,
        count(*) as corrections,
        min_by(old_value, commit_requested_at) as first_value
    from hudi.lake.reading_changes
    where
        {{change_meters}}
        and {{change_range}}
    group by meter_id, channel, interval_start

)

select
    readings.meter_id,
    readings.channel,
    format_datetime(
        at_timezone(with_timezone(readings.interval_start_at, 'UTC'), readings.time_zone), 'yyyy-MM-dd HH:mm ZZ'
    ) as market_time,
    readings.interval_minutes,
    readings.reading_value,
    readings.unit,
    readings.quality,
    readings.quality_code,
    coalesce(corrections.corrections, 0) as corrections,
    corrections.first_value,
    readings.source_file,
    with_timezone(readings.recorded_at, 'UTC') as recorded_at,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(readings.rows_in_all, 2000) as varchar), ' of ', cast(readings.rows_in_all as varchar)) as rows_shown
from readings
left join corrections
    on
        readings.meter_id = corrections.meter_id
        and readings.channel = corrections.channel
        and readings.interval_start_at = cast(corrections.interval_start as timestamp(6))
order by readings.meter_id, readings.channel, readings.interval_start_at
