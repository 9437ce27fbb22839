with totals as (

    select
        partner_id,
        reading_month as settlement_month,
        flow_direction,
        sum(energy_kwh) as energy_kwh,
        sum(estimated_energy_kwh) as estimated_energy_kwh,
        count(distinct meter_id) as meters,
        sum(expected_intervals) as expected_intervals,
        sum(actual_intervals) as actual_intervals,
        sum(estimated_intervals) as estimated_intervals,
        sum(substituted_intervals) as substituted_intervals,
        sum(missing_intervals) as missing_intervals
    from {{ ref('int_settlement_days') }}
    group by partner_id, reading_month, flow_direction

)

select
    totals.partner_id,
    partners.partner_name,
    totals.settlement_month,
    totals.flow_direction,
    totals.energy_kwh,
    totals.estimated_energy_kwh,
    totals.meters,
    totals.expected_intervals,
    totals.actual_intervals,
    totals.estimated_intervals,
    totals.substituted_intervals,
    totals.missing_intervals,
    {{ share('totals.expected_intervals - totals.missing_intervals', 'totals.expected_intervals') }} as completeness,
    {{ share('totals.estimated_intervals', 'totals.expected_intervals - totals.missing_intervals') }}
        as estimated_share,
    {{ share('totals.estimated_energy_kwh', 'totals.energy_kwh') }} as estimated_energy_share
from totals
left join {{ ref('dim_partner') }} as partners
    on totals.partner_id = partners.partner_id
