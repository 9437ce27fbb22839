{# A number is not below another. Null passes: `not_null` is a test of its own. #}
{% test at_least(model, column_name, lowest) %}

select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ lowest }}

{% endtest %}
