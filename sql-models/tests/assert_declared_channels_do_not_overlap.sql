-- A channel has one length of intervals a day; two rows of the calendar for one day would count its energy twice.
with declared as (

    select
        meter_id,
        channel,
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by meter_id, channel
            order by valid_from
        ) as next_valid_from
    from {{ ref('int_declared_channels') }}

)

select
    meter_id,
    channel,
    valid_from,
    valid_to,
    next_valid_from
from declared
where valid_to > next_valid_from or valid_to <= valid_from
