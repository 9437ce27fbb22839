{#
  The minutes of a market's local day: 1440, and 1380 or 1500 when the clocks change. Trino's date_diff between two
  timestamps with time zone counts the minutes that pass, not those that the clock shows.
#}
{% macro market_day_minutes(day, time_zone) -%}
date_diff(
    'minute',
    with_timezone(cast({{ day }} as timestamp(0)), {{ time_zone }}),
    with_timezone(cast({{ day }} + interval '1' day as timestamp(0)), {{ time_zone }})
)
{%- endmacro %}

{#
  How many intervals fit into a stretch of minutes, rounded to the nearest one: a daily value is one interval on a day
  of 1380 minutes and on one of 1500.
#}
{% macro intervals_in(minutes, interval_minutes) -%}
greatest((2 * ({{ minutes }}) + {{ interval_minutes }}) / (2 * {{ interval_minutes }}), 0)
{%- endmacro %}

{# The first day of the month that a day lies in. #}
{% macro month_of(day) -%}
cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}
