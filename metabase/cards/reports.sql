with inputs as (

    select
        report_id,
        max(commit_completed_at) as commit_completed_at
    from hudi.lake.report_lineage
    where table_name <> 'reports'
    group by report_id

)

select
    reports.report_id,
    reports.title,
    reports.period,
    reports.run_type,
    reports.run_number,
    reports.status,
    reports.row_count,
    with_timezone(cast(reports.created_at as timestamp(6)), 'UTC') as created_at,
    with_timezone(cast(reports.signed_at as timestamp(6)), 'UTC') as signed_at,
    reports.signed_by,
    reports.superseded_by,
    reports.snapshot_id,
    -- What is not signed yet, or not any more, is not to be taken for it.
    case reports.status when 'signed' then 'signed' else concat('not signed: ', reports.status) end as numbers,
    cast(
        with_timezone(date_parse(substr(inputs.commit_completed_at, 1, 14), '%Y%m%d%H%i%s'), 'UTC') as timestamp(6) with time zone
    ) as data_as_of,
    concat(cast(least(count(*) over (), 2000) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from hudi.lake.reports as reports
left join inputs
    on reports.report_id = inputs.report_id
where
    1 = 1
    [[and reports.period = {{period}}]]
order by reports.created_at desc
limit 2000
