-- The days that the lake knows of, and the days between them: if nobody sent anything, everybody was silent. A pause of
-- more than `silent_months` is left out, or one reading with a wrong year would make all years up to it count.
with days as (

    select distinct reading_date
    from {{ ref('int_channel_days') }}

),

pauses as (

    select
        reading_date,
        lead(reading_date) over (
            order by reading_date
        ) as next_date
    from days

)

select calendar.reading_date
from pauses
cross join unnest(
    sequence(
        pauses.reading_date,
        case
            when pauses.next_date <= pauses.reading_date + interval '{{ var("silent_months") }}' month
                then pauses.next_date - interval '1' day
            else pauses.reading_date
        end,
        interval '1' day
    )
) as calendar (reading_date)
