package io.meterlake.compile;

import io.meterlake.project.Column;
import io.meterlake.project.Location;
import java.util.List;
import java.util.Optional;

/**
 * A report: an analysis with {@code report} in its {@code config.meta}. Its query reads the variables
 * {@value #PERIOD_START} and {@value #PERIOD_END}, the first day of the period and the day after its last.
 *
 * @param name the analysis's name
 * @param uniqueId the analysis's id, for {@link CompiledProject#inline}
 * @param timeZone the zone that the period's days are in; {@value #MARKET}: each meter's own market
 * @param totals what a summary adds up, if the definition says so
 * @param partner the column that names whom a row is about, if there is one
 * @param details the models that explain its energy, if the definition names them
 * @param columns as declared, in the order of the query
 */
public record ReportDefinition(
        String name,
        String uniqueId,
        String title,
        String description,
        PeriodKind period,
        String timeZone,
        Optional<Totals> totals,
        Optional<String> partner,
        Optional<Details> details,
        List<Column> columns,
        Location location) {
    public static final String PERIOD_START = "period_start";
    public static final String PERIOD_END = "period_end";
    public static final String MARKET = "market";

    /** What {@code --period} takes. */
    public enum PeriodKind {
        DAY,
        MONTH,
        QUARTER,
        YEAR
    }

    /**
     * Sums for the summary.
     *
     * @param groupBy one line for each combination of these columns
     * @param sum the column that is added up
     */
    public record Totals(List<String> groupBy, String sum) {
        public Totals {
            groupBy = List.copyOf(groupBy);
        }
    }

    /**
     * The models that two reports are compared by, by their unique ids.
     *
     * @param detail what the report's energy is summed from, with {@link #DETAIL_COLUMNS}: for each day of a channel its
     *     energy and whom it is settled with
     * @param readings the intervals that these days are summed from, with {@link #READINGS_COLUMNS}
     */
    public record Details(String detail, String readings) {}

    /** What {@code detail} must have; {@code energy_kwh} is a decimal. */
    public static final List<String> DETAIL_COLUMNS =
            List.of("partner_id", "meter_id", "channel", "flow_direction", "reading_date", "energy_kwh");

    /** What {@code readings} must have: one row an interval, {@code energy_kwh} null if it does not count. */
    public static final List<String> READINGS_COLUMNS = List.of(
            "meter_id",
            "channel",
            "flow_direction",
            "reading_date",
            "interval_start_at",
            "interval_minutes",
            "energy_kwh",
            "reading_value",
            "unit",
            "quality",
            "source_file",
            "file_checksum",
            "recorded_at",
            "received_at");

    public ReportDefinition {
        columns = List.copyOf(columns);
    }
}
