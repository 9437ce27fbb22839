select
    meter_id,
    partner_id,
    valid_from,
    coalesce(valid_to, date '9999-12-31') as valid_to
from {{ ref('partner_meters') }}
