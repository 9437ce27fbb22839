{#
  What a unit measures: active_energy, reactive_energy, apparent_energy or other. Only active energy is added up and
  settled; a unit that is not known is `other`, so that nothing is settled by guess.
#}
{% macro quantity(unit) -%}
case
    when lower(trim({{ unit }})) in ('wh', 'kwh', 'mwh', 'gwh') then 'active_energy'
    when lower(trim({{ unit }})) in ('varh', 'kvarh', 'mvarh') then 'reactive_energy'
    when lower(trim({{ unit }})) in ('vah', 'kvah', 'mvah') then 'apparent_energy'
    else 'other'
end
{%- endmacro %}

{#
  Whether a value may be used. One that the sender took back, or never had, is no measurement: what stands in its place
  must not be summed.
#}
{% macro is_usable(quality, reading_value) -%}
coalesce({{ quality }} in ('actual', 'estimated', 'substituted') and {{ reading_value }} is not null, false)
{%- endmacro %}

{#
  A value in kWh, exactly: the factors are powers of ten and the type has the three further digits that a Wh needs, so
  nothing is ever rounded. Null where the unit is not one of active energy.
#}
{% macro energy_kwh(reading_value, unit) -%}
case lower(trim({{ unit }}))
    when 'wh' then cast({{ reading_value }} * decimal '0.001' as decimal(27, 9))
    when 'kwh' then cast({{ reading_value }} as decimal(27, 9))
    when 'mwh' then cast({{ reading_value }} * decimal '1000' as decimal(27, 9))
    when 'gwh' then cast({{ reading_value }} * decimal '1000000' as decimal(27, 9))
end
{%- endmacro %}

{#
  Where the energy of a channel flows: `consumption` is from the grid to the customer, `production` from the customer
  to the grid, anything else `unknown`, which reports show as a line of its own.
  - NEM12 suffixes: E* from the grid, B* into it (there, "export" means: out of the grid). Check meters (C*, F*) and
    averages (A*, D*) measure the same energy again and are left unknown, or it would be settled twice.
  - OBIS codes of electricity, with or without medium and with or without `*255`: C group 1 is import, 2 is export. Only
    the total (E group 0, or none): the tariff registers 1.8.1, 1.8.2 … measure parts of 1.8.0 again and are left unknown.
  - Words, as the customer sees it: import is consumption.
#}
{% macro flow_direction(channel) -%}
case
    when regexp_like(upper(trim({{ channel }})), '^E[0-9A-Z]$') then 'consumption'
    when regexp_like(upper(trim({{ channel }})), '^B[0-9A-Z]$') then 'production'
    when regexp_like(trim({{ channel }}), '^(1-[0-9]+:)?1\.[0-9]+(\.0+)?(\*[0-9]+)?$') then 'consumption'
    when regexp_like(trim({{ channel }}), '^(1-[0-9]+:)?2\.[0-9]+(\.0+)?(\*[0-9]+)?$') then 'production'
    when lower(trim({{ channel }})) in ('consumption', 'import') then 'consumption'
    when lower(trim({{ channel }})) in ('production', 'export') then 'production'
    else 'unknown'
end
{%- endmacro %}

{#
  A part of a whole as a fraction of 1 with six digits, and null if there is no whole. In decimals from end to end: the
  same rows give the same share on every run. The type is wide because energies can nearly cancel each other out.
#}
{% macro share(part, whole) -%}
cast(
    cast({{ part }} as decimal(38, 9)) / nullif(cast({{ whole }} as decimal(38, 9)), decimal '0') as decimal(38, 6)
)
{%- endmacro %}
