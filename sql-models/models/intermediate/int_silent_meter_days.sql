with days_with_readings as (

    select
        meter_id,
        channel,
        reading_date
    from {{ ref('fct_meter_daily_energy') }}
    where {{ in_report_period('reading_date') }}

),

contract_days as (

    select
        contract_months.meter_id,
        contract_months.partner_id,
        contract_months.reading_month,
        days.reading_date
    from {{ ref('int_contract_months') }} as contract_months
    cross join unnest(
        sequence(contract_months.first_date, contract_months.last_date, interval '1' day)
    ) as days (reading_date)

),

channel_days as (

    select
        contract_days.meter_id,
        channels.channel,
        contract_days.reading_date,
        contract_days.reading_month,
        contract_days.partner_id,
        channels.flow_direction,
        channels.interval_minutes,
        channels.time_zone
    from contract_days
    inner join {{ ref('int_contract_channels') }} as channels
        on
            contract_days.meter_id = channels.meter_id
            and contract_days.reading_month = channels.reading_month

)

select
    channel_days.meter_id,
    channel_days.channel,
    channel_days.reading_date,
    channel_days.reading_month,
    channel_days.partner_id,
    channel_days.flow_direction,
    channel_days.interval_minutes,
    channel_days.time_zone,
    coalesce(
        {{ intervals_in(
            market_day_minutes('channel_days.reading_date', 'channel_days.time_zone'),
            'channel_days.interval_minutes'
        ) }},
        0
    ) as missing_intervals
from channel_days
left join days_with_readings as daily
    on
        channel_days.meter_id = daily.meter_id
        and channel_days.channel = daily.channel
        and channel_days.reading_date = daily.reading_date
where daily.meter_id is null
