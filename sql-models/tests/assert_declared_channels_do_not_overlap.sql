-- A channel has one length of intervals a day; of two rows of the calendar for one day the later one counts.
with declared as (

    select
        meter_id,
        channel,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        lead(valid_from) over (
            partition by meter_id, channel
            order by valid_from
        ) as next_valid_from
    from {{ ref('meter_channels') }}

)

select
    meter_id,
    channel,
    valid_from,
    valid_to,
    next_valid_from
from declared
where valid_to > next_valid_from or valid_to <= valid_from
