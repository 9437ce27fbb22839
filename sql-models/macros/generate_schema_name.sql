{#
  A folder's `+schema: marts` is the schema `marts`, in every environment: dbt's own rule would make it
  `<target schema>_marts`, and dashboards and reports would have to know the target.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
{%- if custom_schema_name is none -%}
{{ target.schema }}
{%- else -%}
{{ custom_schema_name | trim }}
{%- endif -%}
{%- endmacro %}
