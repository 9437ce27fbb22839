with source as (

    select
        file_checksum,
        source_file,
        utility,
        format,
        status,
        reason,
        size_bytes,
        rows_read,
        rows_new,
        rows_changed,
        rows_unchanged,
        rows_late,
        rows_duplicate,
        rows_rejected,
        first_interval_start,
        last_interval_start,
        commit_requested_at,
        commit_completed_at,
        received_at
    from {{ source('lake', 'ingested_files') }}

)

select
    file_checksum,
    source_file,
    utility,
    format,
    status,
    reason,
    size_bytes,
    rows_read,
    rows_new,
    rows_changed,
    rows_unchanged,
    rows_late,
    rows_duplicate,
    rows_rejected,
    commit_requested_at as commit_requested_instant,
    commit_completed_at as commit_completed_instant,
    cast(first_interval_start as timestamp(6)) as first_interval_start_at,
    cast(last_interval_start as timestamp(6)) as last_interval_start_at,
    cast(received_at as timestamp(6)) as received_at
from source
