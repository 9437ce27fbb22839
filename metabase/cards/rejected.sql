select
    utility,
    received_date,
    source_file,
    line,
    field,
    reason,
    hint,
    count(*) over () as rejected_in_range
from hudi.lake.rejected_readings
where
    resolved_at is null
    [[and {{received}}]]
    [[and {{utility}}]]
order by received_date desc, source_file, line
limit 2000
