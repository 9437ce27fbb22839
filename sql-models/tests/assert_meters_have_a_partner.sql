-- Meters that delivered energy on days without a contract. A new connection may come before its contract: a warning.
{{ config(severity='warn') }}

select
    meter_id,
    min(reading_date) as first_reading_date,
    max(reading_date) as last_reading_date
from {{ ref('int_settlement_days') }}
where partner_id = {{ unassigned_partner() }}
group by meter_id
