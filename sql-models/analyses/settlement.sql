-- The settlement report: one line for each partner, month and flow direction of the period. The period is the market's
-- local days from period_start up to, not including, period_end (`meterlake report run --period` gives them; the
-- defaults only let `dbt compile` show the query). Each line's energy is rounded once, half up, to
-- 0.000001 kWh; the models below carry it exactly.
select
    partner_id,
    partner_name,
    settlement_month,
    flow_direction,
    cast(energy_kwh as decimal(38, 6)) as energy_kwh,
    meters,
    expected_intervals,
    actual_intervals,
    estimated_intervals,
    substituted_intervals,
    missing_intervals,
    completeness,
    estimated_share,
    estimated_energy_share
from {{ ref('fct_settlement') }}
where
    settlement_month >= date '{{ var('period_start', '2026-01-01') }}'
    and settlement_month < date '{{ var('period_end', '2026-02-01') }}'
-- The model's key: no two lines are equal in it, so the order is total and the file the same each time.
order by partner_id, settlement_month, flow_direction
