package io.meterlake.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardSqlTest {
    private static final FieldReference METER = new FieldReference("hive", "marts", "t", "meter_id");
    private static final Map<String, TemplateTag> TAGS = Map.of(
            "meters",
            new TemplateTag("meters", "Meters", TemplateTag.Type.DIMENSION, METER, "string/=", false, null),
            "range",
            new TemplateTag("range", "Days", TemplateTag.Type.DIMENSION, METER, "date/range", true, null),
            "n",
            new TemplateTag("n", "N", TemplateTag.Type.NUMBER, null, "", false, "2000"));

    @Test
    void neverPutsAValueIntoTheText() {
        BoundQuery query = CardSql.parse("select 1 where {{meters}} limit {{ n }}")
                .bind(TAGS, Map.of("meters", List.of("a' or 1=1 --", "b")));
        assertThat(query.sql()).isEqualTo("select 1 where \"marts\".\"t\".\"meter_id\" in (?, ?) limit ?");
        assertThat(query.values()).containsExactly("a' or 1=1 --", "b", 2000L);
    }

    @Test
    void leavesAnOptionalBlockOutWithoutItsValue() {
        CardSql sql = CardSql.parse("a [[and {{meters}}]] b");
        assertThat(sql.bind(TAGS, Map.of()).sql()).isEqualTo("a  b");
        assertThat(sql.bind(TAGS, Map.of("meters", List.of("m"))).sql())
                .isEqualTo("a and \"marts\".\"t\".\"meter_id\" in (?) b");
    }

    @Test
    void aFilterWithoutAValueFiltersNothing() {
        assertThat(CardSql.parse("where {{meters}}").bind(TAGS, Map.of()).sql()).isEqualTo("where 1 = 1");
    }

    @Test
    void aRangeIsTwoDays() {
        BoundQuery query =
                CardSql.parse("where {{range}}").bind(TAGS, Map.of("range", List.of("2026-03-29~2026-03-30")));
        assertThat(query.values()).containsExactly(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 3, 30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "range | 2026-03-29 | is no range of days",
                "range | 2026-03-29~x | is not a day",
                "range | 2026-03-29~2026-03-01 | ends before it starts",
                "range | '' | it has no value",
                "n | 1e999999999 | is not a number",
            })
    void refusesWhatATagCannotTake(String tag, String value, String reason) {
        CardSql sql = CardSql.parse("{{" + tag + "}}");
        assertThatThrownBy(() -> sql.bind(TAGS, Map.of(tag, List.of(value))))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tagsInCommentsAreText() {
        assertThat(CardSql.parse("-- {{x}} [[\nselect {{n}}").tags()).containsExactly("n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a [[ {{n}} | [[ is never closed",
                "a ]] | ]] without [[",
                "a [[ [[ {{n}} ]] ]] | [[ within [[",
                "a [[ b ]] | without a {{tag}}",
                "a {{ b c }} | {{ is not followed by",
            })
    void saysWhatIsWrongWithTheSyntax(String sql, String reason) {
        assertThatThrownBy(() -> CardSql.parse("\n" + sql))
                .hasMessageStartingWith("line 2: ")
                .hasMessageContaining(reason);
    }
}
