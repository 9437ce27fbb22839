select
    utility,
    count(*) as files,
    with_timezone(max(received_at), 'UTC') as last_file_received_at,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hive.marts.fct_ingested_files
group by utility
order by utility
