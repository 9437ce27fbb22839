-- Energy comes from usable values of active energy only, and from all of them.
select
    meter_id,
    channel,
    interval_start_at,
    quantity,
    quality,
    energy_kwh
from {{ ref('fct_readings') }}
where
    (energy_kwh is not null)
    <> (
        quantity = 'active_energy'
        and quality in ('actual', 'estimated', 'substituted')
        and reading_value is not null
    )
