{# None of these columns is ever null. One query for all of them, where `not_null` takes one a column. #}
{% test no_nulls(model, columns) %}

select
    {{ columns | join(',\n    ') }}
from {{ model }}
where {{ columns | join(' is null or ') }} is null

{% endtest %}
