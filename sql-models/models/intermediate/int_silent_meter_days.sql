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

-- What a channel owes is known where it is declared: on those days, and on no others.
declared_days as (

    select
        contract_days.meter_id,
        declared.channel,
        contract_days.reading_date,
        contract_days.reading_month,
        contract_days.partner_id,
        coalesce(channels.flow_direction, {{ flow_direction('declared.channel') }}) as flow_direction,
        declared.interval_minutes,
        declared.time_zone
    from contract_days
    inner join {{ ref('int_declared_channels') }} as declared
        on
            contract_days.meter_id = declared.meter_id
            and contract_days.reading_date >= declared.valid_from
            and contract_days.reading_date < declared.valid_to
    left join {{ ref('int_contract_channels') }} as channels
        on
            contract_days.meter_id = channels.meter_id
            and contract_days.reading_month = channels.reading_month
            and declared.channel = channels.channel
    -- The calendar does not say what a channel measures: one that may be of no active energy is not settled by guess.
    where channels.channel is not null or {{ flow_direction('declared.channel') }} <> 'unknown'

),

declared_channels as (

    select distinct
        meter_id,
        channel
    from {{ ref('int_declared_channels') }}

),

-- Meters of which the calendar says what is settled: they are known, however long they have been silent.
declared_meters as (

    select distinct meter_id
    from {{ ref('int_declared_channels') }}
    where {{ flow_direction('channel') }} <> 'unknown'

),

observed_days as (

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
    left join declared_channels
        on
            channels.meter_id = declared_channels.meter_id
            and channels.channel = declared_channels.channel
    left join declared_meters
        on channels.meter_id = declared_meters.meter_id
    where
        declared_channels.meter_id is null
        and (declared_meters.meter_id is null or channels.channel <> 'none')

),

channel_days as (

    select
        *,
        'declared' as provenance
    from declared_days
    union all
    select
        *,
        'observed' as provenance
    from observed_days

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
    channel_days.provenance,
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
