package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the models find to be implausible and to be missing, in the {@link VeeLake}. */
@Tag("browser") // Its suite gives each class a stack, and so a lake, of its own.
class VeeFindingsTest {
    @BeforeAll
    static void build(@TempDir Path folder) throws IOException {
        VeeLake.build(folder);
    }

    private static List<List<@Nullable Object>> findings(String rule) {
        return SharedStack.get()
                .trino()
                .rows("select meter_id, cast(interval_start_at as varchar), cast(interval_end_at as varchar), severity,"
                        + " cast(observed_value as varchar), cast(limit_value as varchar), unit"
                        + " from hive.marts.fct_vee_findings where rule_name = '" + rule + "'"
                        + " and coalesce(meter_id, '') not like 'CAL-%' order by source_file")
                .rows();
    }

    private static void hasOne(String rule, @Nullable Object... row) {
        List<List<@Nullable Object>> found = findings(rule);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst()).containsExactly(row);
    }

    @Test
    void findsTheGap() {
        hasOne(
                "long-gap",
                "VEE-1",
                "2026-05-02 03:00:00.000000",
                "2026-05-02 05:00:00.000000",
                "warn",
                "120.000000000",
                "60.000000000",
                "minutes");
    }

    @Test
    void findsTheOverlap() {
        hasOne(
                "overlapping",
                "VEE-2",
                "2026-05-01 00:00:00.000000",
                "2026-05-01 01:00:00.000000",
                "warn",
                "30.000000000",
                "0.000000000",
                "minutes");
    }

    @Test
    void findsThatAFileHadAnIntervalTwice() {
        hasOne(
                "sent-twice",
                null,
                "2026-05-01 00:00:00.000000",
                "2026-05-04 23:00:00.000000",
                "warn",
                "1.000000000",
                "0.000000000",
                "rows");
    }

    @Test
    void findsNegativeEnergy() {
        hasOne(
                "negative-energy",
                "VEE-1",
                "2026-05-04 13:00:00.000000",
                "2026-05-04 14:00:00.000000",
                "warn",
                "-0.500000000",
                "0.000000000",
                "kWh");
    }

    @Test
    void findsWhatIsMoreThanTheFuseOfAMeterOfTheClassAndNobodyElses() {
        hasOne(
                "household-fuse",
                "51238000015",
                "2026-05-01 00:00:00.000000",
                "2026-05-01 01:00:00.000000",
                "warn",
                "43.600001000",
                "43.600000000",
                "kW");
    }

    @Test
    void findsTheDayThatStoodStill() {
        hasOne(
                "frozen-value",
                "VEE-1",
                "2026-05-03 00:00:00.000000",
                "2026-05-04 00:00:00.000000",
                "warn",
                "24.000000000",
                "24.000000000",
                "intervals");
    }

    @Test
    void findsTheSpikeAgainstTheDaysBefore() {
        hasOne(
                "spike",
                "VEE-1",
                "2026-05-04 12:00:00.000000",
                "2026-05-04 13:00:00.000000",
                "warn",
                "9.000000000",
                "3.150000000",
                "kW");
    }

    /** Rows with their values separated by {@code |}. */
    private static List<String> rows(String sql) {
        return SharedStack.get().trino().rows(sql).rows().stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private static List<String> completeness(String meter, String from, String to) {
        return rows("select cast(reading_date as varchar), provenance, interval_minutes, expected_intervals,"
                + " received_intervals, missing_intervals, cast(completeness as varchar)"
                + " from hive.marts.fct_meter_completeness where meter_id = '" + meter
                + "' and reading_date between date '"
                + from + "' and date '" + to + "' order by reading_date");
    }

    @Test
    void knowsWhatADeclaredMeterOwesOnItsDaysAndOnNoOthers() {
        assertThat(completeness("CAL-DECLARED", "2026-01-01", "2026-12-31"))
                .containsExactly(
                        "2026-03-27|declared|60|24|0|24|0.000000",
                        "2026-03-28|declared|60|24|21|3|0.875000",
                        "2026-03-29|declared|60|23|23|0|1.000000",
                        "2026-03-30|declared|60|24|0|24|0.000000");
        assertThat(completeness("CAL-NEVER", "2026-01-01", "2026-12-31"))
                .as("one that never sent anything")
                .containsExactly("2026-03-28|declared|15|96|0|96|0.000000", "2026-03-29|declared|15|92|0|92|0.000000");
        assertThat(completeness("CAL-LENGTH", "2026-01-01", "2026-12-31"))
                .as("one hour of quarters")
                .containsExactly("2026-03-29|declared|15|92|4|88|0.043478");
    }

    @Test
    void doesNotCountMinutesTwiceWhereValuesOverlap() {
        assertThat(completeness("CAL-OVERLAP", "2026-01-01", "2026-12-31"))
                .containsExactly("2026-03-28|declared|60|24|23|1|0.958333");
        assertThat(rows("select cast(interval_start_at as varchar), covered_minutes"
                        + " from hive.staging.int_missing_intervals where meter_id = 'CAL-OVERLAP'"))
                .containsExactly("2026-03-28 09:00:00.000000|45");
    }

    @Test
    void expectsAMeterWithoutADeclarationToGoOnAsItDid() {
        assertThat(completeness("CAL-OBSERVED", "2026-03-28", "2026-04-01"))
                .containsExactly(
                        "2026-03-28|observed|60|24|24|0|1.000000",
                        "2026-03-29|observed|60|23|0|23|0.000000",
                        "2026-03-30|observed|60|24|24|0|1.000000",
                        "2026-03-31|observed|60|24|0|24|0.000000",
                        "2026-04-01|observed|60|24|0|24|0.000000");
        assertThat(rows("select cast(valid_from as varchar), cast(valid_to as varchar), interval_minutes, time_zone"
                        + " from hive.marts.dim_meter_channel where meter_id = 'CAL-DAILY' order by valid_from"))
                .as("three months after it was last heard of, nobody knows")
                .containsExactly(
                        "2026-03-27|2026-06-30|1440|Europe/Berlin", "2026-10-24|2027-01-27|1440|Europe/Berlin");
    }

    @Test
    void takesADailyValueForTheWholeOfADayOf23HoursAndOf25() {
        assertThat(rows("select cast(interval_end_at as varchar) from hive.marts.fct_readings"
                        + " where meter_id = 'CAL-DAILY' and month(reading_date) = 3 order by interval_start_at"))
                .containsExactly(
                        "2026-03-27 23:00:00.000000",
                        "2026-03-28 23:00:00.000000",
                        "2026-03-29 22:00:00.000000",
                        "2026-03-30 22:00:00.000000",
                        "2026-03-31 22:00:00.000000");
        assertThat(completeness("CAL-DAILY", "2026-03-27", "2026-03-31"))
                .hasSize(5)
                .allMatch(row -> row.endsWith("|1|1|0|1.000000"));
        assertThat(completeness("CAL-DAILY", "2026-10-24", "2026-10-31"))
                .hasSize(4)
                .allMatch(row -> row.endsWith("|1|1|0|1.000000"));
    }

    @Test
    void estimatesAShortGapOnALineAndALongOneFromSimilarDays() {
        assertThat(rows("select cast(interval_start_at as varchar), cast(energy_kwh as varchar), estimation_method,"
                        + " based_on_intervals, value_rank from hive.marts.fct_estimated_intervals"
                        + " where meter_id = 'CAL-OBSERVED' and (reading_date < date '2026-03-29'"
                        + " or reading_date = date '2026-03-29' and hour(interval_start_at) < 2)"
                        + " order by interval_start_at"))
                .containsExactly(
                        "2026-03-24 09:00:00.000000|10.240000000|interpolated|2|4",
                        "2026-03-24 10:00:00.000000|11.240000000|interpolated|2|4",
                        // Seventeen workdays; on the one before, two of the hours are estimates themselves.
                        "2026-03-25 07:00:00.000000|8.124705882|similar_day|17|5",
                        "2026-03-25 08:00:00.000000|9.124705882|similar_day|17|5",
                        "2026-03-25 09:00:00.000000|10.117500000|similar_day|16|5",
                        // Three Sundays; at two o'clock it is three.
                        "2026-03-29 00:00:00.000000|1.150000000|similar_day|3|5",
                        "2026-03-29 01:00:00.000000|3.150000000|similar_day|3|5");
        assertThat(rows("select missing_intervals, filled_intervals, cast(filled_energy_kwh as varchar),"
                        + " cast(filled_share as varchar), cast(completeness as varchar)"
                        + " from hive.marts.fct_meter_completeness"
                        + " where meter_id in ('CAL-OBSERVED', 'CAL-NEVER') and reading_date = date '2026-03-29'"
                        + " order by meter_id desc"))
                .as("what is estimated stays missing")
                .containsExactly("23|23|277.450000000|1.000000|0.000000", "92|0|0.000000000|0.000000|0.000000");
    }

    @Test
    void ranksEstimatesBelowWhatWasReceivedAndTouchesNoneOfIt() {
        assertThat(rows("select origin, value_rank, count(*) from hive.marts.fct_readings_with_estimates"
                        + " where meter_id = 'CAL-OBSERVED' and reading_date between date '2026-03-24'"
                        + " and date '2026-03-30' group by origin, value_rank order by value_rank"))
                .containsExactly("actual|1|139", "interpolated|4|2", "similar_day|5|26");
    }
}
