select
    utility,
    cast(received_at as date) as received_date,
    count(*) as files,
    count_if(rows_late > 0) as late_files,
    count_if(rows_rejected > 0) as files_with_rejects,
    sum(rows_read) as readings,
    sum(rows_late) as late_readings,
    sum(rows_changed) as corrected_readings,
    sum(rows_rejected) as rejected_records,
    with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') as last_file_received_at,
    'live' as numbers,
    (select with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') from hudi.lake.ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hudi.lake.ingested_files
where
    1 = 1
    [[and {{received}}]]
    [[and {{utility}}]]
group by utility, cast(received_at as date)
order by received_date desc, utility
limit 2000
