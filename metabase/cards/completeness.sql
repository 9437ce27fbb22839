with size as (

    select
        case
            when count(distinct (utility, reading_date)) <= {{row_limit}} then 'day'
            when count(distinct (utility, date_trunc('month', reading_date))) <= {{row_limit}} then 'month'
            else 'year'
        end as granularity
    from hive.marts.fct_meter_completeness
    where
        1 = 1
        [[and {{range}}]]
        [[and {{utility}}]]

),

days as (

    select
        utility,
        date_trunc((select granularity from size), reading_date) as starts_on,
        meter_id,
        expected_intervals,
        received_intervals,
        missing_intervals,
        estimated_intervals
    from hive.marts.fct_meter_completeness
    where
        1 = 1
        [[and {{range}}]]
        [[and {{utility}}]]

)

select
    utility,
    starts_on,
    cast(
        100 * cast(sum(received_intervals) as decimal(38, 9))
        / nullif(sum(expected_intervals), 0) as decimal(38, 3)
    ) as completeness_percent,
    cast(
        100 * cast(sum(estimated_intervals) as decimal(38, 9))
        / nullif(sum(received_intervals), 0) as decimal(38, 3)
    ) as estimated_percent,
    count(distinct meter_id) as meters,
    sum(missing_intervals) as missing_intervals,
    (select granularity from size) as granularity,
    'provisional' as numbers,
    (select with_timezone(max(received_at), 'UTC') from hive.marts.fct_ingested_files) as data_as_of,
    concat(cast(least(count(*) over (), {{row_limit}}) as varchar), ' of ', cast(count(*) over () as varchar)) as rows_shown
from days
group by utility, starts_on
order by starts_on desc, utility
limit {{row_limit}}
