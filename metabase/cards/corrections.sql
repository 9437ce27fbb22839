with size as (

    select
        case
            when count(distinct (utility, reading_date)) <= {{row_limit}} then 'day'
            when count(distinct (utility, date_trunc('month', reading_date))) <= {{row_limit}} then 'month'
            else 'year'
        end as granularity
    from hudi.lake.reading_changes
    where
        1 = 1
        [[and {{range}}]]
        [[and {{utility}}]]

),

changes as (

    select
        utility,
        date_trunc((select granularity from size), reading_date) as starts_on,
        meter_id,
        received_at
    from hudi.lake.reading_changes
    where
        1 = 1
        [[and {{range}}]]
        [[and {{utility}}]]

)

select
    utility,
    starts_on,
    count(*) as corrections,
    count(distinct meter_id) as meters,
    with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') as last_correction_received_at,
    (select granularity from size) as granularity,
    'live' as numbers,
    (select with_timezone(cast(max(received_at) as timestamp(6)), 'UTC') from hudi.lake.ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), {{row_limit}}) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from changes
group by utility, starts_on
order by starts_on desc, utility
limit {{row_limit}}
