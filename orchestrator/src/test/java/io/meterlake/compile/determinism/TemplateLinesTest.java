package io.meterlake.compile.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TemplateLinesTest {
    private static final String TEMPLATE = """
            {{ config(materialized='table') }}
            {# a comment #}
            select
                a,
                {{ macro_of_two_lines() }},
                b
            {% if var('x') %}
            where c = {{ var('x') }}
            {% endif %}
            """;
    private static final String SQL = "select\n    a,\n    case\n  end,\n    b\n\nwhere c = 1";

    @Test
    void findsALineThatIsTheSameInBoth() {
        assertThat(TemplateLines.find(TEMPLATE, SQL, 2)).hasValue(4);
        assertThat(TemplateLines.find(TEMPLATE, SQL, 5)).hasValue(6);
    }

    @Test
    void findsTheOneLineThatAMacroMadeSeveralOf() {
        assertThat(TemplateLines.find(TEMPLATE, SQL, 3)).hasValue(5);
        assertThat(TemplateLines.find(TEMPLATE, SQL, 4)).hasValue(5);
    }

    @Test
    void findsALineWithAnExpressionInIt() {
        assertThat(TemplateLines.find(TEMPLATE, SQL, 7)).hasValue(8);
    }

    @Test
    void doesNotGuess() {
        assertThat(TemplateLines.find("{{ one() }}\n{{ two() }}", "a\nb\nc", 2)).isEmpty();
        assertThat(TemplateLines.find("a", "a", 7)).isEmpty();
    }
}
