-- Two OBIS codes of one direction on one day, such as 1-1:1.8.0 and 1-1:1.29.0, are two measurements of the same
-- energy: both would be settled. The registers of NEM12, such as E1 and E2, are loads of their own and may stand side
-- by side.
with settled as (

    select
        meter_id,
        reading_date,
        flow_direction,
        channel
    from {{ ref('fct_meter_daily_energy') }}
    where
        flow_direction in ('consumption', 'production')
        and regexp_like(trim(channel), '^([0-9]+-[0-9]+:)?[12]\.[0-9]')

)

select
    meter_id,
    reading_date,
    flow_direction,
    count(distinct channel) as codes,
    min(channel) as one_code,
    max(channel) as another_code
from settled
group by meter_id, reading_date, flow_direction
having count(distinct channel) > 1
