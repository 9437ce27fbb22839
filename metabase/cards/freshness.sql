select
    with_timezone(max(received_at), 'UTC') as last_file_received_at,
    max(commit_completed_instant) as last_commit_completed,
    count(*) as files,
    'published models; not signed' as numbers
from hive.marts.fct_ingested_files
