package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select 1                        | select 1
            select 1;                       | select 1
            select 1 ; ; -- done; really    | select 1
            select ';' as x                 | select ';' as x
            select 'it''s;'                 | select 'it''s;'
            select "a;b" ;                  | select "a;b"
            select 1 /* ; */                | select 1 /* ; */
            select 1; select 2;             | select 1; select 2
            """)
    void takesTheLastSemicolonOff(String sql, String expected) {
        assertThat(SqlText.withoutSemicolon(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            with a as (select 1) select 2            | 4
            WITH RECURSIVE a as (select 1) select 2  | 14
            -- with                                  | -1
            withdrawn                                | -1
            select 'with'                            | -1
            /* with a */ with b as (select 1)        | 17
            (with a as (select 1) select 2)          | -1
            """)
    void findsALeadingWith(String sql, int place) {
        assertThat(SqlText.afterLeadingWith(sql)).isEqualTo(place);
    }
}
