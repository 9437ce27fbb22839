with periods as (

    select date_format(settlement_month, '%Y-%m') as period
    from hive.marts.fct_settlement

    union

    select period
    from hudi.lake.reports

)

select
    period,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from periods
order by period desc
