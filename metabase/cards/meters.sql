select
    meter_id,
    utility,
    channels,
    first_reading_date,
    last_reading_date,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hive.marts.dim_meter
order by meter_id
