select
    meter_id,
    channel,
    interval_start_at,
    reading_date,
    {{ flow_direction('channel') }} as flow_direction,
    case
        when {{ is_usable('old_quality', 'old_reading_value') }}
            then {{ energy_kwh('old_reading_value', 'old_unit') }}
    end as old_energy_kwh,
    case
        when {{ is_usable('new_quality', 'new_reading_value') }}
            then {{ energy_kwh('new_reading_value', 'new_unit') }}
    end as new_energy_kwh,
    old_quality,
    new_quality,
    old_source_file,
    new_source_file,
    utility,
    commit_requested_instant,
    received_at
from {{ ref('stg_reading_changes') }}
