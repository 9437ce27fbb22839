package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.report.Manifest;
import io.meterlake.report.ReportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    private final Manifest first = manifest("001", "2026-02-01T00:00:00Z");
    private final Manifest second = manifest("002", "2026-02-02T00:00:00Z");
    private final Manifest third = manifest("003", "2026-02-03T00:00:00Z");

    @Test
    void showsTheSignedReportAndNotALaterDraft() {
        assertThat(DemoCommand.chosen(
                        List.of(first, second, third),
                        Map.of("001", ReportStatus.SUPERSEDED, "002", ReportStatus.SIGNED, "003", ReportStatus.DRAFT)))
                .contains(second);
    }

    @Test
    void showsTheNewestDraftIfNoneIsSigned() {
        assertThat(DemoCommand.chosen(List.of(first, second), Map.of("001", ReportStatus.DRAFT)))
                .as("a report without a row is a draft, too")
                .contains(second);
        assertThat(DemoCommand.chosen(List.of(), Map.of())).isEmpty();
    }

    private static Manifest manifest(String id, String createdAt) {
        return new Manifest(
                Manifest.VERSION,
                id,
                "settlement",
                "Settlement",
                "2026-01",
                "2026-01-01",
                "2026-02-01",
                "UTC",
                "initial",
                1,
                "20260201000000000",
                Instant.parse(createdAt),
                new TreeMap<>(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                "483",
                "UTC",
                List.of(),
                null,
                null,
                List.of(),
                0,
                "",
                List.of(),
                List.of(),
                List.of());
    }
}
