select
    utility,
    received_date,
    source_file,
    line,
    field,
    reason,
    hint,
    'live' as numbers,
    (select with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') from hudi.lake.ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hudi.lake.rejected_readings
where
    resolved_at is null
    [[and {{received}}]]
    [[and {{utility}}]]
order by received_date desc, source_file, line
limit 2000
