with months as (

    select
        meter_id,
        channel,
        reading_month,
        flow_direction,
        sum(energy_kwh) as energy_kwh,
        sum(estimated_energy_kwh) as estimated_energy_kwh,
        count(*) as expected_days,
        sum(expected_intervals) as expected_intervals,
        sum(actual_intervals) as actual_intervals,
        sum(estimated_intervals) as estimated_intervals,
        sum(substituted_intervals) as substituted_intervals,
        sum(missing_intervals) as missing_intervals
    from {{ ref('int_settlement_days') }}
    group by meter_id, channel, reading_month, flow_direction

)

select
    meter_id,
    channel,
    reading_month,
    flow_direction,
    energy_kwh,
    estimated_energy_kwh,
    expected_days,
    expected_intervals,
    actual_intervals,
    estimated_intervals,
    substituted_intervals,
    missing_intervals,
    {{ share('expected_intervals - missing_intervals', 'expected_intervals') }} as completeness,
    {{ share('estimated_intervals', 'expected_intervals - missing_intervals') }} as estimated_share
from months
