{# The kind of a day whose load resembles another one's. Public holidays are not known: they count as the weekday they are. #}
{% macro day_class(day) -%}
case day_of_week({{ day }})
    when 7 then 'sunday'
    when 6 then 'saturday'
    else 'workday'
end
{%- endmacro %}

{# What the clock shows where an interval starts; of a daily value it does not matter whether it starts at six. #}
{% macro local_time_of_day(start_at, interval_minutes, time_zone) -%}
case
    when {{ interval_minutes }} = 1440 then time '00:00:00'
    else cast(at_timezone(with_timezone({{ start_at }}, 'UTC'), {{ time_zone }}) as time(0))
end
{%- endmacro %}

{# How far a value is from what was measured: 1 is measured, 2 and 3 come from the sender, 4 and 5 are estimated here. #}
{% macro value_rank(origin) -%}
case {{ origin }}
    when 'actual' then 1
    when 'substituted' then 2
    when 'estimated' then 3
    when 'interpolated' then 4
    when 'similar_day' then 5
end
{%- endmacro %}
