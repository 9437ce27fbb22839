with contract_months as (

    select distinct
        meter_id,
        reading_month
    from {{ ref('int_contract_months') }}

),

delivered as (

    select
        meter_id,
        channel,
        {{ month_of('reading_date') }} as delivered_month,
        max(flow_direction) as flow_direction,
        min(interval_minutes) as interval_minutes,
        max(time_zone) as time_zone
    from {{ ref('fct_meter_daily_energy') }}
    where {{ in_report_period('reading_date', months_before=var('silent_months')) }}
    group by meter_id, channel, {{ month_of('reading_date') }}

),

-- A meter is expected to deliver the channels of the month itself or, when it was silent all month, those of the last
-- of the `silent_months` before in which it did deliver: rank 1 goes to all channels of that one month.
ranked as (

    select
        contract_months.meter_id,
        contract_months.reading_month,
        delivered.channel,
        delivered.flow_direction,
        delivered.interval_minutes,
        delivered.time_zone,
        rank() over (
            partition by contract_months.meter_id, contract_months.reading_month
            order by delivered.delivered_month desc nulls last
        ) as month_rank
    from contract_months
    left join delivered
        on
            contract_months.meter_id = delivered.meter_id
            and contract_months.reading_month >= delivered.delivered_month
            and delivered.delivered_month
            >= contract_months.reading_month - interval '{{ var("silent_months") }}' month

)

select
    meter_id,
    reading_month,
    interval_minutes,
    time_zone,
    -- A meter that delivered nothing in all these months: how many intervals it owes is not known, but the meter is.
    coalesce(channel, 'none') as channel,
    coalesce(flow_direction, 'unknown') as flow_direction
from ranked
where month_rank = 1
