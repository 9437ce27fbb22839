{{ config(materialized='table') }}

with days_with_readings as (

    select
        daily.meter_id,
        daily.channel,
        daily.reading_date,
        {{ month_of('daily.reading_date') }} as reading_month,
        daily.flow_direction,
        daily.energy_kwh,
        daily.estimated_energy_kwh,
        daily.expected_intervals,
        daily.actual_intervals,
        daily.estimated_intervals,
        daily.substituted_intervals,
        daily.missing_intervals,
        coalesce(contracts.partner_id, {{ unassigned_partner() }}) as partner_id
    from {{ ref('fct_meter_daily_energy') }} as daily
    left join {{ ref('dim_partner_meter') }} as contracts
        on
            daily.meter_id = contracts.meter_id
            and daily.reading_date >= contracts.valid_from
            and daily.reading_date < contracts.valid_to

),

silent_days as (

    select
        meter_id,
        channel,
        reading_date,
        reading_month,
        flow_direction,
        cast(0 as decimal(38, 9)) as energy_kwh,
        cast(0 as decimal(38, 9)) as estimated_energy_kwh,
        missing_intervals as expected_intervals,
        cast(0 as bigint) as actual_intervals,
        cast(0 as bigint) as estimated_intervals,
        cast(0 as bigint) as substituted_intervals,
        missing_intervals,
        partner_id
    from {{ ref('int_silent_meter_days') }}

),

all_days as (

    select * from days_with_readings
    union all
    select * from silent_days

)

select
    meter_id,
    channel,
    reading_date,
    reading_month,
    partner_id,
    flow_direction,
    energy_kwh,
    estimated_energy_kwh,
    expected_intervals,
    actual_intervals,
    estimated_intervals,
    substituted_intervals,
    missing_intervals
from all_days
