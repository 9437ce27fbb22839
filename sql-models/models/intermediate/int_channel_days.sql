{{ config(materialized='table') }}

select
    meter_id,
    channel,
    reading_date,
    max(time_zone) as time_zone,
    max(utility) as utility,
    min(interval_minutes) as shortest_minutes,
    max(interval_minutes) as longest_minutes,
    coalesce(sum(interval_minutes) filter (where is_usable), 0) as usable_minutes,
    coalesce(sum(interval_minutes) filter (where is_usable and quality = 'estimated'), 0) as estimated_minutes,
    coalesce(sum(interval_minutes) filter (where is_usable and quality = 'substituted'), 0) as substituted_minutes
from {{ ref('fct_readings') }}
group by meter_id, channel, reading_date
