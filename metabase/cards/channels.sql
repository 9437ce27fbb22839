select
    channel,
    count(distinct meter_id) as meters,
    min(reading_date) as first_reading_date,
    max(reading_date) as last_reading_date,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hive.marts.fct_meter_daily_energy
group by channel
order by channel
