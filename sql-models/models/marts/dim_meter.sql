{{ config(materialized='table') }}

select
    meter_id,
    max(utility) as utility,
    count(distinct channel) as channels,
    min(reading_date) as first_reading_date,
    max(reading_date) as last_reading_date
from {{ ref('fct_meter_daily_energy') }}
group by meter_id
