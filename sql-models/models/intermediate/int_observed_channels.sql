-- What channels without a declaration are expected to send: to go on as they did, for `silent_months` at the most.
with declared_names as (

    select distinct
        meter_id,
        channel
    from {{ ref('int_declared_channels') }}

),

declared_days as (

    select distinct
        days.meter_id,
        days.channel,
        days.reading_date
    from {{ ref('int_channel_days') }} as days
    inner join {{ ref('int_declared_channels') }} as declared
        on
            days.meter_id = declared.meter_id
            and days.channel = declared.channel
            and days.reading_date >= declared.valid_from
            and days.reading_date < declared.valid_to

),

-- Of a declared channel the days on which it sent something without being expected to, and none beside them.
undeclared_days as (

    select
        days.meter_id,
        days.channel,
        days.reading_date,
        days.shortest_minutes as interval_minutes,
        days.time_zone,
        case
            when declared_names.meter_id is null
                then days.reading_date + interval '{{ var("silent_months") }}' month
            else days.reading_date + interval '1' day
        end as last_valid_to
    from {{ ref('int_channel_days') }} as days
    left join declared_names
        on
            days.meter_id = declared_names.meter_id
            and days.channel = declared_names.channel
    left join declared_days
        on
            days.meter_id = declared_days.meter_id
            and days.channel = declared_days.channel
            and days.reading_date = declared_days.reading_date
    where declared_days.meter_id is null

),

neighbours as (

    select
        *,
        coalesce(
            lag(last_valid_to) over channel_days >= reading_date
            and lag(interval_minutes) over channel_days = interval_minutes
            and lag(time_zone) over channel_days = time_zone,
            false
        ) as is_as_before,
        coalesce(least(lead(reading_date) over channel_days, last_valid_to), last_valid_to) as valid_to
    from undeclared_days
    window channel_days as (partition by meter_id, channel order by reading_date)

),

spans as (

    select
        *,
        count_if(not is_as_before) over (
            partition by meter_id, channel
            order by reading_date
        ) as span_number
    from neighbours

)

select
    meter_id,
    channel,
    interval_minutes,
    time_zone,
    min(reading_date) as valid_from,
    max(valid_to) as valid_to
from spans
group by meter_id, channel, span_number, interval_minutes, time_zone
