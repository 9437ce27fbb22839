-- Channels whose energy is settled as `unknown`, and contracted meters that never delivered (channel `none`): either
-- the macro flow_direction has to learn a code, or the sender has to be asked. A warning.
{{ config(severity='warn') }}

select
    meter_id,
    channel,
    min(reading_date) as first_reading_date,
    max(reading_date) as last_reading_date
from {{ ref('int_settlement_days') }}
where flow_direction = 'unknown'
group by meter_id, channel
