select
    meter_id,
    channel,
    interval_minutes,
    time_zone,
    valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to
from {{ ref('meter_channels') }}
