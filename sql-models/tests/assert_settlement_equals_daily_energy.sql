-- Nothing is lost or settled twice on the way from the daily energy to the partners: per month and direction, both
-- hold the same energy and the same number of values. Rows here are the differences.
with daily as (

    select
        {{ month_of('reading_date') }} as settlement_month,
        flow_direction,
        sum(energy_kwh) as energy_kwh,
        sum(actual_intervals + estimated_intervals + substituted_intervals) as usable_intervals
    from {{ ref('fct_meter_daily_energy') }}
    group by {{ month_of('reading_date') }}, flow_direction

),

settled as (

    select
        settlement_month,
        flow_direction,
        sum(energy_kwh) as energy_kwh,
        sum(actual_intervals + estimated_intervals + substituted_intervals) as usable_intervals
    from {{ ref('fct_settlement') }}
    group by settlement_month, flow_direction

),

compared as (

    select
        coalesce(daily.settlement_month, settled.settlement_month) as settlement_month,
        coalesce(daily.flow_direction, settled.flow_direction) as flow_direction,
        coalesce(daily.energy_kwh, decimal '0') as daily_energy_kwh,
        coalesce(settled.energy_kwh, decimal '0') as settled_energy_kwh,
        coalesce(daily.usable_intervals, 0) as daily_intervals,
        coalesce(settled.usable_intervals, 0) as settled_intervals
    from daily
    full outer join settled
        on
            daily.settlement_month = settled.settlement_month
            and daily.flow_direction = settled.flow_direction

)

select
    settlement_month,
    flow_direction,
    daily_energy_kwh,
    settled_energy_kwh,
    daily_intervals,
    settled_intervals
from compared
where daily_energy_kwh <> settled_energy_kwh or daily_intervals <> settled_intervals
