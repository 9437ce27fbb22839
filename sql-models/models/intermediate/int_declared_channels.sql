-- A row ends where the next one of its channel begins, whatever it says itself, so that no day counts twice. The test
-- assert_declared_channels_do_not_overlap names those that have to be mended.
select
    meter_id,
    channel,
    interval_minutes,
    time_zone,
    valid_from,
    least(
        coalesce(valid_to, date '9999-12-31'),
        lead(valid_from, 1, date '9999-12-31') over (
            partition by meter_id, channel
            order by valid_from, interval_minutes
        )
    ) as valid_to
from {{ ref('meter_channels') }}
