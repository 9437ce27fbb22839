select
    partner_id,
    partner_name,
    valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to
from {{ ref('partners') }}

union all

select
    {{ unassigned_partner() }} as partner_id,
    'No partner' as partner_name,
    date '0001-01-01' as valid_from,
    date '9999-12-31' as valid_to
