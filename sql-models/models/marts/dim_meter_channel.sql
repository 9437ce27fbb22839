{{ config(materialized='table') }}

with channels as (

    select
        meter_id,
        channel,
        valid_from,
        valid_to,
        interval_minutes,
        time_zone,
        'declared' as provenance
    from {{ ref('int_declared_channels') }}

    union all

    select
        meter_id,
        channel,
        valid_from,
        valid_to,
        interval_minutes,
        time_zone,
        'observed' as provenance
    from {{ ref('int_observed_channels') }}

)

select
    meter_id,
    channel,
    valid_from,
    valid_to,
    interval_minutes,
    time_zone,
    {{ flow_direction('channel') }} as flow_direction,
    provenance
from channels
