package io.meterlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.compile.ReportDefinition.PeriodKind;
import io.meterlake.error.MeterlakeException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01, 2026-01-01, 2026-02-01",
        "2024-02, 2024-02-01, 2024-03-01",
        "2026-12, 2026-12-01, 2027-01-01",
        "2026-Q4, 2026-10-01, 2027-01-01",
        "2026, 2026-01-01, 2027-01-01",
        "2026-03-29, 2026-03-29, 2026-03-30",
        "2026-01-05/2026-01-12, 2026-01-05, 2026-01-12"
    })
    void readsPeriodsWithTheEndExclusive(String text, LocalDate start, LocalDate end) {
        assertThat(Period.parse(text)).isEqualTo(new Period(text, start, end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13",
                "2026-02-30",
                "2026-1",
                "January",
                "",
                "2026-01-12/2026-01-05",
                "2026-01-05/2026-01-05"
            })
    void refusesWhatIsNoPeriod(String text) {
        assertThatThrownBy(() -> Period.parse(text))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageStartingWith("Cannot use the period '" + text + "'")
                .extracting(e -> ((MeterlakeException) e).code())
                .isEqualTo(ReportErrorCode.INVALID_PERIOD);
    }

    @Test
    void refusesPartsOfMonthsForAMonthlyReport() {
        assertThat(Period.parse("2026-01-01/2026-03-01")
                        .requireWhole(PeriodKind.MONTH)
                        .start())
                .isEqualTo(LocalDate.of(2026, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01/2026-01-08, MONTH, month, 2026-01-01/2026-02-01",
        "2026-01-31/2026-02-02, MONTH, month, 2026-01-01/2026-03-01",
        "2026-12-05, MONTH, month, 2026-12-01/2027-01-01",
        "2026-02, QUARTER, quarter, 2026-01-01/2026-04-01",
        "2026-Q4, YEAR, year, 2026-01-01/2027-01-01"
    })
    void namesTheWholeMonthsAroundAPartOfOne(String text, PeriodKind kind, String unit, String around) {
        MeterlakeException refusal = catchThrowableOfType(
                MeterlakeException.class, () -> Period.parse(text).requireWhole(kind));

        assertThat(refusal)
                .hasMessage(
                        "Cannot use the period '%s': the report is made by the %s, and this is no whole number of them"
                                .formatted(text, unit));
        assertThat(refusal.hint())
                .isEqualTo("Ask for each whole %s that it touches: --period %s (the end is exclusive)."
                        .formatted(unit, around));
        assertThat(Period.parse(around).requireWhole(kind).text()).isEqualTo(around);
    }
}
