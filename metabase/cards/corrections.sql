select
    utility,
    reading_date,
    count(*) as corrections,
    count(distinct meter_id) as meters,
    max(received_at) as last_file_received_at
from hudi.lake.reading_changes
where
    1 = 1
    [[and {{range}}]]
    [[and {{utility}}]]
group by utility, reading_date
order by reading_date desc, utility
limit 2000
