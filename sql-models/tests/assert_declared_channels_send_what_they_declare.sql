-- Days on which a channel sent intervals of another length, or of another zone's day, than the calendar declares: the
-- seed meter_channels has to be mended, or the sender has to be asked. A warning.
{{ config(severity='warn') }}

select
    declared.meter_id,
    declared.channel,
    declared.interval_minutes as declared_minutes,
    declared.time_zone as declared_time_zone,
    days.shortest_minutes,
    days.longest_minutes,
    days.time_zone,
    min(days.reading_date) as first_reading_date,
    max(days.reading_date) as last_reading_date
from {{ ref('int_declared_channels') }} as declared
inner join {{ ref('int_channel_days') }} as days
    on
        declared.meter_id = days.meter_id
        and declared.channel = days.channel
        and declared.valid_from <= days.reading_date
        and declared.valid_to > days.reading_date
where
    days.shortest_minutes <> declared.interval_minutes
    or days.longest_minutes <> declared.interval_minutes
    or with_timezone(cast(days.reading_date as timestamp(0)), days.time_zone)
    <> with_timezone(cast(days.reading_date as timestamp(0)), declared.time_zone)
group by
    declared.meter_id,
    declared.channel,
    declared.interval_minutes,
    declared.time_zone,
    days.shortest_minutes,
    days.longest_minutes,
    days.time_zone
