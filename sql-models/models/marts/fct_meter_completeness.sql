{{ config(materialized='table') }}

with missing as (

    select
        meter_id,
        channel,
        reading_date,
        count(*) as missing_intervals
    from {{ ref('int_missing_intervals') }}
    group by meter_id, channel, reading_date

),

filled as (

    select
        meter_id,
        channel,
        reading_date,
        count(*) as filled_intervals,
        sum(energy_kwh) as filled_energy_kwh
    from {{ ref('fct_estimated_intervals') }}
    group by meter_id, channel, reading_date

),

days as (

    select
        expected.meter_id,
        expected.channel,
        expected.reading_date,
        expected.provenance,
        expected.interval_minutes,
        expected.time_zone,
        expected.flow_direction,
        -- A channel that is silent all day is that of its meter's utility.
        coalesce(
            expected.utility,
            max(expected.utility) over (
                partition by expected.meter_id
            )
        ) as utility,
        expected.expected_intervals,
        expected.expected_intervals - coalesce(missing.missing_intervals, 0) as received_intervals,
        coalesce(missing.missing_intervals, 0) as missing_intervals,
        {{ intervals_in('expected.estimated_minutes', 'expected.interval_minutes') }} as estimated_intervals,
        {{ intervals_in('expected.substituted_minutes', 'expected.interval_minutes') }} as substituted_intervals,
        coalesce(filled.filled_intervals, 0) as filled_intervals,
        coalesce(filled.filled_energy_kwh, cast(0 as decimal(38, 9))) as filled_energy_kwh
    from {{ ref('int_expected_days') }} as expected
    left join missing
        on
            expected.meter_id = missing.meter_id
            and expected.channel = missing.channel
            and expected.reading_date = missing.reading_date
    left join filled
        on
            expected.meter_id = filled.meter_id
            and expected.channel = filled.channel
            and expected.reading_date = filled.reading_date

)

select
    meter_id,
    channel,
    reading_date,
    provenance,
    interval_minutes,
    time_zone,
    flow_direction,
    utility,
    expected_intervals,
    received_intervals,
    missing_intervals,
    least(estimated_intervals, received_intervals) as estimated_intervals,
    least(substituted_intervals, received_intervals) as substituted_intervals,
    filled_intervals,
    filled_energy_kwh,
    {{ share('received_intervals', 'expected_intervals') }} as completeness,
    {{ share('least(estimated_intervals, received_intervals)', 'received_intervals') }} as estimated_share,
    {{ share('filled_intervals', 'expected_intervals') }} as filled_share
from days
