package io.meterlake.cli;

import io.meterlake.engine.Column;
import io.meterlake.engine.output.CsvSink;
import io.meterlake.report.EnergyDiff;
import io.meterlake.report.EnergyDiff.Correction;
import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.MeterChange;
import io.meterlake.report.EnergyDiff.PartnerChange;
import io.meterlake.report.ReportImpact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The CSV of {@code report diff} and {@code report impact}. */
final class DiffCsv {
    private final Appendable out;

    DiffCsv(Appendable out) {
        this.out = out;
    }

    /** One row a report and partner. */
    void impact(ReportImpact impact) {
        CsvSink csv = csv("report_id", "partner_id", "flow_direction", "reported_kwh", "now_kwh", "difference_kwh");
        for (ReportImpact.Touched report : impact.reports()) {
            for (PartnerChange partner : report.energy().partners()) {
                csv.row(Arrays.asList(
                        report.reportId(),
                        partner.partnerId(),
                        partner.flowDirection(),
                        plain(partner.beforeKwh()),
                        plain(partner.afterKwh()),
                        plain(partner.differenceKwh())));
            }
        }
    }

    /** One row an interval, and one for what no interval explains. */
    void intervals(EnergyDiff energy) {
        CsvSink csv = csv(
                "partner_id",
                "meter_id",
                "channel",
                "flow_direction",
                "kind",
                "reading_date",
                "interval_start_at",
                "interval_minutes",
                "before_kwh",
                "after_kwh",
                "difference_kwh",
                "source_file",
                "file_checksum",
                "recorded_at",
                "received_at",
                "chain");
        for (MeterChange meter : energy.meters()) {
            for (IntervalChange change : meter.intervals()) {
                csv.row(Arrays.asList(
                        meter.partnerId(),
                        meter.meterId(),
                        meter.channel(),
                        meter.flowDirection(),
                        change.kind().word(),
                        change.day().toString(),
                        change.startAt(),
                        Integer.toString(change.minutes()),
                        kwh(change.before()),
                        kwh(change.after()),
                        plain(change.differenceKwh()),
                        change.source().file(),
                        change.source().checksum(),
                        change.source().recordedAt(),
                        change.source().receivedAt(),
                        chain(change)));
            }
            if (meter.unexplainedKwh().signum() != 0) {
                @Nullable String[] row = new String[16];
                row[0] = meter.partnerId();
                row[1] = meter.meterId();
                row[2] = meter.channel();
                row[3] = meter.flowDirection();
                row[4] = "unexplained";
                row[10] = plain(meter.unexplainedKwh());
                csv.row(Arrays.<@Nullable Object>asList((Object[]) row));
            }
        }
    }

    private static @Nullable String kwh(EnergyDiff.@Nullable Value value) {
        return value == null || value.energyKwh() == null ? null : plain(value.energyKwh());
    }

    private CsvSink csv(String... columns) {
        CsvSink csv = new CsvSink(out, CsvSink.Formulas.KEEP);
        csv.columns(
                Arrays.stream(columns).map(name -> new Column(name, "varchar")).toList());
        return csv;
    }

    /** {@code 1.5 kWh → 2 kWh (b.csv) → 3 kWh (c.csv)}. */
    static String chain(IntervalChange change) {
        List<String> values = new ArrayList<>();
        if (change.corrections().isEmpty()) {
            values.add(value(change.before()));
            values.add(value(change.after()) + " (" + change.source().file() + ")");
        } else {
            Correction first = change.corrections().getFirst();
            if (change.before() == null) {
                values.add(value(null));
            }
            values.add(value(first.oldValue(), first.oldUnit(), first.oldQuality())
                    + (change.before() == null ? " (" + first.oldFile() + ")" : ""));
            change.corrections()
                    .forEach(correction ->
                            values.add(value(correction.newValue(), correction.newUnit(), correction.newQuality())
                                    + " (" + correction.source().file() + ")"));
        }
        return String.join(" → ", values);
    }

    private static String value(EnergyDiff.@Nullable Value value) {
        return value == null ? "nothing" : value(value.value(), value.unit(), value.quality());
    }

    private static String value(@Nullable BigDecimal value, @Nullable String unit, @Nullable String quality) {
        String number = value == null ? "no value" : plain(value) + " " + unit;
        return "actual".equals(quality) || quality == null ? number : number + " " + quality;
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }
}
