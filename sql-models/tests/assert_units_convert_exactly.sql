-- The macros quantity and energy_kwh on units whose answer is known.
with readings (reading_value, unit, expected_quantity, expected_energy_kwh) as (

    values
    (decimal '1.000001', 'kWh', 'active_energy', decimal '1.000001000'),
    (decimal '1.000001', 'KWH', 'active_energy', decimal '1.000001000'),
    (decimal '1.000001', 'Wh', 'active_energy', decimal '0.001000001'),
    (decimal '999999999999.999999', 'MWh', 'active_energy', decimal '999999999999999.999000000'),
    (decimal '-0.250000', ' kwh ', 'active_energy', decimal '-0.250000000'),
    (decimal '1.000000', 'kVArh', 'reactive_energy', cast(null as decimal(27, 9))),
    (decimal '1.000000', 'kVAh', 'apparent_energy', cast(null as decimal(27, 9))),
    (decimal '1.000000', 'kW', 'other', cast(null as decimal(27, 9))),
    (decimal '1.000000', '', 'other', cast(null as decimal(27, 9)))

),

computed as (

    select
        reading_value,
        unit,
        expected_quantity,
        expected_energy_kwh,
        {{ quantity('unit') }} as computed_quantity,
        {{ energy_kwh('cast(reading_value as decimal(18, 6))', 'unit') }} as computed_energy_kwh
    from readings

)

select
    reading_value,
    unit,
    expected_quantity,
    computed_quantity,
    expected_energy_kwh,
    computed_energy_kwh
from computed
where
    computed_quantity <> expected_quantity
    or computed_energy_kwh is distinct from expected_energy_kwh
