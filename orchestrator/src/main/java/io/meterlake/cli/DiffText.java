package io.meterlake.cli;

import io.meterlake.json.JsonDocuments;
import io.meterlake.report.EnergyDiff;
import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.MeterChange;
import io.meterlake.report.EnergyDiff.PartnerChange;
import io.meterlake.report.ReportDiff;
import io.meterlake.report.ReportImpact;
import java.math.BigDecimal;
import java.util.Optional;

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
            case CSV -> new DiffCsv(console.out()).intervals(diff.energy());
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
            case CSV -> new DiffCsv(console.out()).impact(impact);
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
        line("  %s %s: %s kWh, %d %s changed"
                .formatted(
                        meter.meterId(),
                        meter.channel(),
                        signed(meter.differenceKwh()),
                        meter.intervals().size(),
                        meter.intervals().size() == 1 ? "interval" : "intervals"));
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
                        DiffCsv.chain(change),
                        Optional.ofNullable(change.source().recordedAt()).orElse("unknown"),
                        Optional.ofNullable(change.source().receivedAt()).orElse("unknown")));
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
