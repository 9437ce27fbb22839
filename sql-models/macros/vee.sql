{# A text of a rule as SQL; null where the rule does not say it. #}
{% macro vee_text(value) -%}
{%- if value -%}
cast('{{ value }}' as varchar)
{%- else -%}
cast(null as varchar)
{%- endif -%}
{%- endmacro %}

{# A number of a rule as SQL, as it is written; null where the rule does not say it. #}
{% macro vee_number(value) -%}
{%- if value -%}
cast('{{ value }}' as decimal(18, 6))
{%- else -%}
cast(null as decimal(18, 6))
{%- endif -%}
{%- endmacro %}

{# A list of texts of a rule as SQL, for which one text may stand; null where the rule does not say it. #}
{% macro vee_texts(value) -%}
{%- if value is string -%}
array[cast('{{ value }}' as varchar)]
{%- elif value -%}
array[cast('{{ value | join("' as varchar), cast('") }}' as varchar)]
{%- else -%}
cast(null as array(varchar))
{%- endif -%}
{%- endmacro %}

{# Whether a rule is for a reading. #}
{% macro vee_applies(rules, readings) -%}
({{ rules }}.utility is null or {{ rules }}.utility = {{ readings }}.utility)
and ({{ rules }}.meter_class is null or {{ rules }}.meter_class = {{ readings }}.meter_class)
and ({{ rules }}.channels is null or contains({{ rules }}.channels, {{ readings }}.channel))
{%- endmacro %}

{# What a finding says of its rule and of the readings it is about; their interval, unless another one is meant. #}
{% macro vee_finding(readings, start='interval_start_at', end='interval_end_at') -%}
rules.rule_name,
rules.check_name,
rules.severity,
{{ readings }}.meter_id,
{{ readings }}.channel,
{{ readings }}.{{ start }} as interval_start_at,
{{ readings }}.{{ end }} as interval_end_at,
{{ readings }}.reading_date,
{{ readings }}.utility,
{{ readings }}.source_file
{%- endmacro %}
