select
    report_id,
    table_name,
    snapshot_id,
    commit_requested_at,
    commit_completed_at,
    git_commit,
    content_hash,
    created_at
from hudi.lake.report_lineage
where
    table_name <> 'reports'
    [[and period = {{period}}]]
order by created_at desc, report_id, table_name
limit 2000
