select
    partner_id,
    max(partner_name) as partner_name,
    max(date_format(settlement_month, '%Y-%m')) as last_period,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hive.marts.fct_settlement
group by partner_id
order by partner_id
