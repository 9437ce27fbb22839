select
    partner_id,
    partner_name,
    date_format(settlement_month, '%Y-%m') as period,
    flow_direction,
    energy_kwh,
    estimated_energy_kwh,
    meters,
    missing_intervals,
    completeness,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hive.marts.fct_settlement
where
    1 = 1
    [[and {{partner}}]]
    [[and date_format(settlement_month, '%Y-%m') = {{period}}]]
order by settlement_month desc, partner_id, flow_direction
limit 2000
