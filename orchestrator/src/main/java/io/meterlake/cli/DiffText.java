package io.meterlake.cli;

import io.meterlake.engine.Column;
import io.meterlake.engine.output.CsvSink;
import io.meterlake.json.JsonDocuments;
import io.meterlake.report.EnergyDiff;
import io.meterlake.report.EnergyDiff.Correction;
import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.MeterChange;
import io.meterlake.report.EnergyDiff.PartnerChange;
import io.meterlake.report.ReportDiff;
import io.meterlake.report.ReportImpact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what changed in the energy of reports: for a person, as CSV or as one JSON document. */
final class DiffText {
    private static final int INTERVALS_SHOWN = 10;

    private final Console console;

    DiffText(Console console) {
        this.console = console;
    }

    void diff(ReportDiff diff, OutputFormat output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(DiffDocuments.diff(diff)));
            case CSV -> intervals(diff.energy());
            case TABLE -> {
                line("%s → %s, days %s".formatted(diff.before(), diff.after(), diff.period()));
                energy(diff.energy(), true);
                causes(diff);
                diff.notes().forEach(note -> line("note: " + note));
            }
        }
    }

    private void causes(ReportDiff diff) {
        boolean explained = diff.energy().unexplainedKwh().signum() == 0;
        if (explained) {
            line("every difference is explained by readings");
            return;
        }
        line("not explained by readings: contracts or models changed");
        diff.causes().forEach(cause -> line("  " + cause));
        if (diff.causes().isEmpty()) {
            line("  nothing that is recorded is different: please report this");
        }
    }

    void impact(ReportImpact impact, OutputFormat output) {
        switch (output) {
            case JSON -> console.out().print(JsonDocuments.document(DiffDocuments.impact(impact)));
            case CSV -> {
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
            case TABLE -> {
                for (ReportImpact.Touched report : impact.reports()) {
                    line(report.reportId() + (report.energy().meters().isEmpty() ? ": not touched" : ""));
                    energy(report.energy(), false);
                }
                impact.notes().forEach(note -> line("note: " + note));
                if (impact.reports().isEmpty()) {
                    console.note("No report is signed.");
                }
                line("compared with snapshot %s%s%s"
                        .formatted(
                                impact.snapshotId(),
                                impact.since() == null ? "" : ", what came after snapshot " + impact.since(),
                                impact.file() == null ? "" : ", what %s brought".formatted(impact.file())));
            }
        }
    }

    /** @param intervals whether to show them, or to count them only */
    private void energy(EnergyDiff energy, boolean intervals) {
        for (PartnerChange partner : energy.partners()) {
            line("%s, %s: %s → %s kWh, %s kWh"
                    .formatted(
                            partner.partnerId(),
                            partner.flowDirection(),
                            plain(partner.beforeKwh()),
                            plain(partner.afterKwh()),
                            signed(partner.differenceKwh())));
            for (MeterChange meter : energy.meters()) {
                if (meter.partnerId().equals(partner.partnerId())
                        && meter.flowDirection().equals(partner.flowDirection())) {
                    meter(meter, intervals);
                }
            }
        }
    }

    private void meter(MeterChange meter, boolean intervals) {
        line("  %s %s: %s kWh, %d intervals changed"
                .formatted(
                        meter.meterId(),
                        meter.channel(),
                        signed(meter.differenceKwh()),
                        meter.intervals().size()));
        if (intervals) {
            meter.intervals().stream().limit(INTERVALS_SHOWN).forEach(this::interval);
            int more = meter.intervals().size() - INTERVALS_SHOWN;
            if (more > 0) {
                line("    … and %d more; --output csv lists all".formatted(more));
            }
        }
        if (meter.unexplainedKwh().signum() != 0) {
            line("    %s kWh are explained by no reading".formatted(signed(meter.unexplainedKwh())));
        }
    }

    private void interval(IntervalChange change) {
        line("    %s %s kWh, %s: %s; recorded %s, received %s"
                .formatted(
                        change.startAt(),
                        signed(change.differenceKwh()),
                        change.kind().word(),
                        chain(change),
                        Optional.ofNullable(change.source().recordedAt()).orElse("unknown"),
                        Optional.ofNullable(change.source().receivedAt()).orElse("unknown")));
    }

    /** {@code 1.5 kWh → 2 kWh (b.csv) → 3 kWh (c.csv)}. */
    private static String chain(IntervalChange change) {
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
            change.corrections().forEach(correction -> values.add(
                    value(correction.newValue(), correction.newUnit(), correction.newQuality()) + " ("
                            + correction.source().file() + ")"));
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

    /** One row an interval, and one for what no interval explains. */
    private void intervals(EnergyDiff energy) {
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
        CsvSink csv = new CsvSink(console.out(), CsvSink.Formulas.KEEP);
        csv.columns(Arrays.stream(columns)
                .map(name -> new Column(name, "varchar"))
                .collect(Collectors.toList()));
        return csv;
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private static String signed(BigDecimal number) {
        return (number.signum() > 0 ? "+" : "") + plain(number);
    }

    private void line(String text) {
        console.out().println(text);
    }
}
