{#
  When an interval ends, as a timestamp in UTC like its start. One of a day ends at the same local time of the next day,
  which is after 23 or 25 hours when the clocks change.
#}
{% macro interval_end(start_at, interval_minutes, time_zone) -%}
case
    when {{ interval_minutes }} = 1440
        then cast(
            at_timezone(
                with_timezone(
                    cast(at_timezone(with_timezone({{ start_at }}, 'UTC'), {{ time_zone }}) as timestamp(6))
                    + interval '1' day,
                    {{ time_zone }}
                ),
                'UTC'
            ) as timestamp(6)
        )
    else cast({{ start_at }} + interval '1' minute * {{ interval_minutes }} as timestamp(6))
end
{%- endmacro %}

{#
  The lake's readings with typed names. Two sources hold the same rows in another order of files: meter_readings by day,
  readings_by_meter by meter.
#}
{% macro staged_readings(readings) -%}
with source as (

    select
        meter_id,
        channel,
        interval_start,
        interval_minutes,
        value,
        unit,
        quality,
        quality_code,
        recorded_at,
        received_at,
        time_zone,
        utility,
        source_file,
        file_checksum,
        reading_date
    from {{ readings }}

)

select
    meter_id,
    channel,
    cast(interval_start as timestamp(6)) as interval_start_at,
    {{ interval_end('interval_start', 'interval_minutes', 'time_zone') }} as interval_end_at,
    interval_minutes,
    reading_date,
    time_zone,
    value as reading_value,
    unit,
    {{ quantity('unit') }} as quantity,
    quality,
    quality_code,
    {{ is_usable('quality', 'value') }} as is_usable,
    utility,
    source_file,
    file_checksum,
    cast(recorded_at as timestamp(6)) as recorded_at,
    cast(received_at as timestamp(6)) as received_at
from source
{%- endmacro %}

{# What is published of staged readings. #}
{% macro published_readings(readings) -%}
select
    meter_id,
    channel,
    interval_start_at,
    interval_end_at,
    interval_minutes,
    reading_date,
    time_zone,
    quantity,
    {{ flow_direction('channel') }} as flow_direction,
    reading_value,
    unit,
    case when is_usable then {{ energy_kwh('reading_value', 'unit') }} end as energy_kwh,
    quality,
    quality_code,
    is_usable,
    utility,
    source_file,
    file_checksum,
    recorded_at,
    received_at
from {{ readings }}
{%- endmacro %}
