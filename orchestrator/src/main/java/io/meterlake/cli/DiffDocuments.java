package io.meterlake.cli;

import io.meterlake.report.EnergyDiff;
import io.meterlake.report.EnergyDiff.Correction;
import io.meterlake.report.EnergyDiff.IntervalChange;
import io.meterlake.report.EnergyDiff.MeterChange;
import io.meterlake.report.EnergyDiff.PartnerChange;
import io.meterlake.report.ReportDiff;
import io.meterlake.report.ReportImpact;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code report diff} and {@code report impact}. Energy is text, because most readers round a number. */
final class DiffDocuments {
    private DiffDocuments() {}

    static Map<String, @Nullable Object> diff(ReportDiff diff) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("before", diff.before());
        document.put("after", diff.after());
        document.put("period", diff.period());
        document.put("unexplained_kwh", text(diff.energy().unexplainedKwh()));
        document.put("causes", diff.causes());
        document.put("notes", diff.notes());
        document.put("partners", partners(diff.energy()));
        document.put("meters", meters(diff.energy()));
        return document;
    }

    static Map<String, @Nullable Object> impact(ReportImpact impact) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("snapshot_id", impact.snapshotId());
        document.put("since", impact.since());
        document.put("file", impact.file());
        document.put("notes", impact.notes());
        document.put(
                "reports",
                impact.reports().stream()
                        .map(report -> {
                            Map<String, @Nullable Object> one = new LinkedHashMap<>();
                            one.put("report_id", report.reportId());
                            one.put("period", report.period());
                            one.put("touched", !report.energy().meters().isEmpty());
                            one.put("partners", partners(report.energy()));
                            one.put("meters", meters(report.energy()));
                            return one;
                        })
                        .toList());
        return document;
    }

    private static List<Map<String, @Nullable Object>> partners(EnergyDiff energy) {
        return energy.partners().stream().map(DiffDocuments::partner).toList();
    }

    private static Map<String, @Nullable Object> partner(PartnerChange change) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("partner_id", change.partnerId());
        document.put("flow_direction", change.flowDirection());
        document.put("before_kwh", text(change.beforeKwh()));
        document.put("after_kwh", text(change.afterKwh()));
        document.put("difference_kwh", text(change.differenceKwh()));
        return document;
    }

    private static List<Map<String, @Nullable Object>> meters(EnergyDiff energy) {
        return energy.meters().stream().map(DiffDocuments::meter).toList();
    }

    private static Map<String, @Nullable Object> meter(MeterChange change) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("partner_id", change.partnerId());
        document.put("meter_id", change.meterId());
        document.put("channel", change.channel());
        document.put("flow_direction", change.flowDirection());
        document.put("before_kwh", text(change.beforeKwh()));
        document.put("after_kwh", text(change.afterKwh()));
        document.put("difference_kwh", text(change.differenceKwh()));
        document.put("explained_kwh", text(change.explainedKwh()));
        document.put("unexplained_kwh", text(change.unexplainedKwh()));
        document.put(
                "intervals",
                change.intervals().stream().map(DiffDocuments::interval).toList());
        return document;
    }

    private static Map<String, @Nullable Object> interval(IntervalChange change) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", change.kind().word());
        document.put("reading_date", change.day().toString());
        document.put("interval_start_at", change.startAt());
        document.put("interval_minutes", change.minutes());
        document.put("difference_kwh", text(change.differenceKwh()));
        document.put("before", value(change.before()));
        document.put("after", value(change.after()));
        document.put("source", source(change.source()));
        document.put(
                "corrections",
                change.corrections().stream().map(DiffDocuments::correction).toList());
        return document;
    }

    private static @Nullable Map<String, @Nullable Object> value(EnergyDiff.@Nullable Value value) {
        if (value == null) {
            return null;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("energy_kwh", text(value.energyKwh()));
        document.put("value", text(value.value()));
        document.put("unit", value.unit());
        document.put("quality", value.quality());
        return document;
    }

    private static Map<String, @Nullable Object> source(EnergyDiff.Source source) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("source_file", source.file());
        document.put("file_checksum", source.checksum());
        document.put("recorded_at", source.recordedAt());
        document.put("received_at", source.receivedAt());
        return document;
    }

    private static Map<String, @Nullable Object> correction(Correction correction) {
        Map<String, @Nullable Object> document = source(correction.source());
        document.put("commit_requested_at", correction.commit());
        document.put("old_value", text(correction.oldValue()));
        document.put("old_unit", correction.oldUnit());
        document.put("old_quality", correction.oldQuality());
        document.put("old_source_file", correction.oldFile());
        document.put("new_value", text(correction.newValue()));
        document.put("new_unit", correction.newUnit());
        document.put("new_quality", correction.newQuality());
        return document;
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }
}
