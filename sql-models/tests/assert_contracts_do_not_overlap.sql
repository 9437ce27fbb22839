-- A meter belongs to one partner a day; two contracts on one day would settle its energy twice.
with contracts as (

    select
        meter_id,
        partner_id,
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by meter_id
            order by valid_from, valid_to
        ) as next_valid_from
    from {{ ref('dim_partner_meter') }}

)

select
    meter_id,
    partner_id,
    valid_from,
    valid_to,
    next_valid_from
from contracts
where valid_to > next_valid_from or valid_to <= valid_from
