select
    'live' as numbers,
    'the lake as it is now' as meaning,
    with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') as data_as_of,
    max(commit_completed_at) as last_commit_completed,
    count(*) as files
from hudi.lake.ingested_files

union all

select
    'provisional' as numbers,
    'published models; not signed' as meaning,
    with_timezone(max(received_at), 'UTC') as data_as_of,
    max(commit_completed_instant) as last_commit_completed,
    count(*) as files
from hive.marts.fct_ingested_files

union all

-- Of what the newest signed report read, the last file.
select
    'signed' as numbers,
    'signed reports' as meaning,
    cast(
        with_timezone(date_parse(substr(max(inputs.commit_completed_at), 1, 14), '%Y%m%d%H%i%s'), 'UTC')
        as timestamp(6) with time zone
    ) as data_as_of,
    max(inputs.commit_completed_at) as last_commit_completed,
    cast(null as bigint) as files
from hudi.lake.reports as reports
inner join hudi.lake.report_lineage as inputs
    on reports.report_id = inputs.report_id and inputs.table_name <> 'reports'
where reports.status = 'signed'
order by numbers
