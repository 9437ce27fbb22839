select
    report_id,
    title,
    period,
    run_type,
    run_number,
    status,
    snapshot_id,
    row_count,
    created_at,
    signed_at,
    signed_by,
    superseded_by
from hudi.lake.reports
where
    1 = 1
    [[and period = {{period}}]]
order by created_at desc
limit 2000
