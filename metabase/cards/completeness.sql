select
    utility,
    reading_date,
    cast(
        100 * cast(sum(expected_intervals - missing_intervals) as decimal(38, 9))
        / nullif(sum(expected_intervals), 0) as decimal(38, 3)
    ) as completeness_percent,
    cast(
        100 * cast(sum(estimated_intervals) as decimal(38, 9))
        / nullif(sum(expected_intervals - missing_intervals), 0) as decimal(38, 3)
    ) as estimated_percent,
    count(distinct meter_id) as meters,
    sum(missing_intervals) as missing_intervals
from hive.marts.fct_meter_daily_energy
where
    1 = 1
    [[and {{range}}]]
    [[and {{utility}}]]
group by utility, reading_date
order by reading_date desc, utility
limit 2000
