{#
  Whether a day can matter to the report that is being made: it lies in the report's period or up to `months_before`
  months before it. True outside of a report, where all days matter. A model that looks at days of other months says so
  with it, because Trino cannot see through the join how far back it looks, and a report's inputs are the partitions
  that its query can read: all of them are checked, kept and signed.
#}
{% macro in_report_period(day, months_before=0) -%}
{%- if var('period_start', none) is none -%}
true
{%- else -%}
{{ day }} >= date '{{ var('period_start') }}' - interval '{{ months_before }}' month
and {{ day }} < date '{{ var('period_end') }}'
{%- endif -%}
{%- endmacro %}
