-- The daily table holds what the lake says now. A difference means that readings came after it was built: run
-- `meterlake run` again. A warning, because files may arrive between a run and its tests.
{{ config(severity='warn') }}

with readings as (

    select
        reading_date,
        coalesce(sum(energy_kwh), decimal '0') as energy_kwh
    from {{ ref('fct_readings') }}
    where quantity = 'active_energy'
    group by reading_date

),

daily as (

    select
        reading_date,
        sum(energy_kwh) as energy_kwh
    from {{ ref('fct_meter_daily_energy') }}
    group by reading_date

)

select
    coalesce(readings.reading_date, daily.reading_date) as reading_date,
    readings.energy_kwh as readings_energy_kwh,
    daily.energy_kwh as daily_energy_kwh
from readings
full outer join daily
    on readings.reading_date = daily.reading_date
where readings.energy_kwh is distinct from daily.energy_kwh
