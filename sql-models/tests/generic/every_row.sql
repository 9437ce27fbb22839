{# A condition that holds in every row. One that comes out as null does not hold. #}
{% test every_row(model, condition) %}

select *
from {{ model }}
where not coalesce({{ condition }}, false)

{% endtest %}
