with months as (

    -- The months that the lake knows of. No clock decides what is settled, so a report can be made again years later.
    select distinct {{ month_of('reading_date') }} as reading_month
    from {{ ref('fct_meter_daily_energy') }}
    where {{ in_report_period('reading_date') }}

),

contract_months as (

    select
        contracts.meter_id,
        contracts.partner_id,
        months.reading_month,
        greatest(contracts.valid_from, months.reading_month) as first_date,
        least(contracts.valid_to, months.reading_month + interval '1' month) - interval '1' day as last_date
    from {{ ref('dim_partner_meter') }} as contracts
    inner join months
        on
            contracts.valid_from < months.reading_month + interval '1' month
            and contracts.valid_to > months.reading_month

)

select
    meter_id,
    partner_id,
    reading_month,
    first_date,
    last_date
from contract_months
