package io.meterlake.compile;

import io.meterlake.project.MacroFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** dbt's four generic tests. A project may have its own of the same name. */
final class BuiltInTests {
    static final MacroFile FILE = new MacroFile("(built-in tests)", """
            {% test not_null(model, column_name) %}
            select {{ column_name }}
            from {{ model }}
            where {{ column_name }} is null
            {% endtest %}

            {% test unique(model, column_name) %}
            select
                {{ column_name }} as unique_field,
                count(*) as n_records
            from {{ model }}
            where {{ column_name }} is not null
            group by {{ column_name }}
            having count(*) > 1
            {% endtest %}

            {% test accepted_values(model, column_name, values, quote=True) %}
            with all_values as (
                select
                    {{ column_name }} as value_field,
                    count(*) as n_records
                from {{ model }}
                group by {{ column_name }}
            )

            select *
            from all_values
            where value_field not in (
                {% for value in values -%}
                {% if quote -%}'{{ value | string | replace("'", "''") }}'{%- else -%}{{ value }}{%- endif -%}
                {%- if not loop.last %}, {% endif %}
                {%- endfor %}
            )
            {% endtest %}

            {% test relationships(model, column_name, to, field) %}
            with child as (
                select {{ column_name }} as from_field
                from {{ model }}
                where {{ column_name }} is not null
            ),

            parent as (
                select {{ field }} as to_field
                from {{ to }}
            )

            select from_field
            from child
            left join parent
                on child.from_field = parent.to_field
            where parent.to_field is null
            {% endtest %}
            """);

    /** As macros are named. */
    static final Set<String> MACROS =
            Set.of("test_not_null", "test_unique", "test_accepted_values", "test_relationships");

    private BuiltInTests() {}

    /**
     * What the template engine makes of one of the tests above, without the engine, which takes a good part of a second to
     * load.
     *
     * @param arguments by name, {@code model} among them
     * @return empty if the arguments are not the usual ones
     */
    static Optional<String> sql(String name, Map<String, @Nullable Object> arguments) {
        return switch (name) {
            case "not_null" -> text(arguments, "model", "column_name").map(text -> """
                    select %2$s
                    from %1$s
                    where %2$s is null
                    """.formatted(text.toArray()));
            case "unique" -> text(arguments, "model", "column_name").map(text -> """
                    select
                        %2$s as unique_field,
                        count(*) as n_records
                    from %1$s
                    where %2$s is not null
                    group by %2$s
                    having count(*) > 1
                    """.formatted(text.toArray()));
            case "relationships" ->
                text(arguments, "model", "column_name", "to", "field").map(text -> """
                        with child as (
                            select %2$s as from_field
                            from %1$s
                            where %2$s is not null
                        ),

                        parent as (
                            select %4$s as to_field
                            from %3$s
                        )

                        select from_field
                        from child
                        left join parent
                            on child.from_field = parent.to_field
                        where parent.to_field is null
                        """.formatted(text.toArray()));
            default -> Optional.empty();
        };
    }

    /** The arguments as text, if there are just these and each is a text or a table. */
    private static Optional<List<String>> text(Map<String, @Nullable Object> arguments, String... names) {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            switch (arguments.get(name)) {
                case String text -> texts.add(text);
                case RelationValue relation -> texts.add(relation.text());
                case null, default -> {
                    return Optional.empty();
                }
            }
        }
        return arguments.size() == names.length ? Optional.of(texts) : Optional.empty();
    }
}
