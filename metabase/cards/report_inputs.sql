select
    inputs.report_id,
    inputs.table_name,
    inputs.snapshot_id,
    inputs.commit_requested_at,
    inputs.commit_completed_at,
    inputs.git_commit,
    inputs.content_hash,
    with_timezone(cast(inputs.created_at as timestamp(6)), 'UTC') as created_at,
    case reports.status when 'signed' then 'signed' else concat('not signed: ', reports.status) end as numbers,
    cast(
        with_timezone(date_parse(substr(inputs.commit_completed_at, 1, 14), '%Y%m%d%H%i%s'), 'UTC') as timestamp(6) with time zone
    ) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hudi.lake.report_lineage as inputs
inner join hudi.lake.reports as reports
    on inputs.report_id = reports.report_id
where
    inputs.table_name <> 'reports'
    [[and inputs.period = {{period}}]]
order by inputs.created_at desc, inputs.report_id, inputs.table_name
limit 2000
