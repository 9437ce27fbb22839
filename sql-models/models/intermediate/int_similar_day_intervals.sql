-- Missing intervals as the mean of the measured ones at the same local time of the similar days before: workdays for a
-- workday, Saturdays for a Saturday, Sundays for a Sunday.
with missing as (

    select
        meter_id,
        channel,
        reading_date,
        interval_start_at,
        interval_minutes,
        {{ local_time_of_day('interval_start_at', 'interval_minutes', 'time_zone') }} as local_time
    from {{ ref('int_missing_intervals') }}
    where covered_minutes = 0

),

days as (

    select distinct
        meter_id,
        channel,
        reading_date
    from missing

),

similar_days as (

    select
        days.meter_id,
        days.channel,
        days.reading_date,
        days.reading_date - history.days_before * interval '1' day as similar_date
    from days
    cross join unnest(sequence(1, {{ var('similar_days') }})) as history (days_before)
    where
        {{ day_class('days.reading_date') }}
        = {{ day_class("(days.reading_date - history.days_before * interval '1' day)") }}

),

measured as (

    select
        similar_days.meter_id,
        similar_days.channel,
        similar_days.reading_date,
        readings.interval_minutes,
        readings.energy_kwh,
        {{ local_time_of_day(
            'readings.interval_start_at', 'readings.interval_minutes', 'readings.time_zone'
        ) }} as local_time
    from similar_days
    inner join {{ ref('fct_readings') }} as readings
        on
            similar_days.meter_id = readings.meter_id
            and similar_days.channel = readings.channel
            and similar_days.similar_date = readings.reading_date
    where readings.energy_kwh is not null and readings.quality in ('actual', 'substituted')

)

select
    missing.meter_id,
    missing.channel,
    missing.interval_start_at,
    cast(sum(measured.energy_kwh) / count(*) as decimal(27, 9)) as energy_kwh,
    count(*) as based_on_intervals
from missing
inner join measured
    on
        missing.meter_id = measured.meter_id
        and missing.channel = measured.channel
        and missing.reading_date = measured.reading_date
        and missing.interval_minutes = measured.interval_minutes
        and missing.local_time = measured.local_time
group by missing.meter_id, missing.channel, missing.interval_start_at
