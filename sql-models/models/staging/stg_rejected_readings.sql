with source as (

    select
        file_checksum,
        line,
        source_file,
        utility,
        field,
        reason,
        hint,
        raw_text,
        received_at,
        resolved_at,
        received_date
    from {{ source('lake', 'rejected_readings') }}

)

select
    file_checksum,
    line,
    source_file,
    utility,
    field,
    reason,
    hint,
    raw_text,
    received_date,
    cast(received_at as timestamp(6)) as received_at,
    cast(resolved_at as timestamp(6)) as resolved_at
from source
