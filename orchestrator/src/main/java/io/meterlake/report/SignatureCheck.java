package io.meterlake.report;

import io.meterlake.lineage.LineageRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the status of reports, which is in the table {@code reports}, with the signatures in the chain of
 * {@code report_lineage}: who signed what and when, and which report took whose place, follows from these alone.
 */
final class SignatureCheck {
    /** The signatures by report; first without those that are being written just now, if there are any, then with them. */
    private final List<Map<String, SignatureLink>> states = new ArrayList<>();

    /** @param pending rows of signatures of which it is not known whether all is written */
    SignatureCheck(List<LineageRow> lineage, List<LineageRow> pending) {
        if (!pending.isEmpty()) {
            states.add(links(lineage.stream().filter(row -> !pending.contains(row))));
        }
        states.add(links(lineage.stream()));
    }

    private static Map<String, SignatureLink> links(Stream<LineageRow> rows) {
        Map<String, SignatureLink> links = new HashMap<>();
        rows.filter(SignatureLink::is)
                .sorted(Comparator.comparing(LineageRow::createdAt))
                .forEach(row -> SignatureLink.of(row).ifPresent(link -> links.put(link.reportId(), link)));
        return links;
    }

    /** What is wrong with a report's status or signature. */
    Optional<String> problem(ReportRow row) {
        Optional<String> problem = Optional.empty();
        for (Map<String, SignatureLink> links : states) {
            problem = signature(row, links.get(row.reportId()))
                    .or(() -> superseding(row, links))
                    .or(() -> status(row));
            if (problem.isEmpty()) {
                return problem;
            }
        }
        return problem;
    }

    private Optional<String> signature(ReportRow row, @Nullable SignatureLink link) {
        ReportRow.Signature signature = row.signature();
        if (link != null && signature == null) {
            return Optional.of("it was signed by %s at %s, and its row in the table reports says that it is %s"
                    .formatted(link.by(), link.at(), row.status().word()));
        }
        if (signature == null) {
            return row.status() == ReportStatus.DRAFT
                    ? Optional.empty()
                    : Optional.of("it is %s, and nobody has signed it"
                            .formatted(row.status().word()));
        }
        if (link == null) {
            return Optional.of("it is %s, and report_lineage has no signature of %s"
                    .formatted(row.status().word(), signature.by()));
        }
        boolean fits =
                signature.equals(link.signature()) && row.manifestSha256().equals(link.manifestSha256());
        return fits
                ? Optional.empty()
                : Optional.of("the signature of %s does not fit its manifest, its lineage, the signer and the time"
                        .formatted(signature.by()));
    }

    private Optional<String> superseding(ReportRow row, Map<String, SignatureLink> links) {
        Optional<ReportRow.Superseded> told = Optional.ofNullable(row.superseded());
        Optional<ReportRow.Superseded> expected = links.values().stream()
                .filter(link -> link.superseded().contains(row.reportId()))
                .map(link -> new ReportRow.Superseded(link.at(), link.reportId()))
                .min(Comparator.comparing(ReportRow.Superseded::at));
        return told.equals(expected)
                ? Optional.empty()
                : Optional.of("its row says that %s, and by the signatures %s".formatted(words(told), words(expected)));
    }

    private static String words(Optional<ReportRow.Superseded> superseded) {
        return superseded
                .map(by -> "%s took its place at %s".formatted(by.by(), by.at()))
                .orElse("no report took its place");
    }

    private static Optional<String> status(ReportRow row) {
        ReportStatus vouched = row.signature() == null ? ReportStatus.DRAFT : ReportStatus.SIGNED;
        ReportStatus expected = row.superseded() == null ? vouched : ReportStatus.SUPERSEDED;
        return row.status() == expected
                ? Optional.empty()
                : Optional.of("its row says that it is %s, and by the signatures it is %s"
                        .formatted(row.status().word(), expected.word()));
    }
}
