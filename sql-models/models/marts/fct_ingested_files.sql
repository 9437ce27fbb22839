select
    file_checksum,
    source_file,
    utility,
    status,
    rows_read,
    rows_new,
    rows_changed,
    rows_late,
    rows_rejected,
    commit_requested_instant,
    commit_completed_instant,
    received_at
from {{ ref('stg_ingested_files') }}
