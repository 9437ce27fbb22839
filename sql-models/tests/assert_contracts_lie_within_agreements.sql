-- No meter is settled with a partner on a day on which the partner has no agreement.
select
    contracts.meter_id,
    contracts.partner_id,
    contracts.valid_from,
    contracts.valid_to
from {{ ref('dim_partner_meter') }} as contracts
inner join {{ ref('dim_partner') }} as partners
    on contracts.partner_id = partners.partner_id
where contracts.valid_from < partners.valid_from or contracts.valid_to > partners.valid_to
