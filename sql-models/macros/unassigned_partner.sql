{# The partner of the energy that no contract covers: it shows up in every total and never vanishes. #}
{% macro unassigned_partner() -%}
'unassigned'
{%- endmacro %}
