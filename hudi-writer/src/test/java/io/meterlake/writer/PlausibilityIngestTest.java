package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.MeterFormats;
import io.meterlake.writer.IngestOutcome.Status;
import io.meterlake.writer.validate.plausibility.KnownMeters;
import io.meterlake.writer.validate.plausibility.Limit;
import io.meterlake.writer.validate.plausibility.PlausibilityRule;
import io.meterlake.writer.validate.plausibility.PlausibilityRules;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings that cannot be true, from the file to {@code rejected_readings} and back. */
class PlausibilityIngestTest {
    private static final Line GOOD = Line.of("good", "2026-03-01T10:00:00Z", "1", "2026-03-05T00:00:00Z");
    private static final Line NEGATIVE = Line.of("negative", "2026-03-01T10:00:00Z", "-2", "2026-03-05T00:00:00Z");

    @TempDir
    Path folder;

    private static PlausibilityRules notNegative(String utility) {
        return rules(new Limit.NotNegative(), Optional.of(utility));
    }

    private static PlausibilityRules rules(Limit limit, Optional<String> utility) {
        return new PlausibilityRules(
                List.of(new PlausibilityRule("the-rule", limit, utility, Optional.empty(), Set.of())),
                KnownMeters.NONE);
    }

    private static IngestOutcome ingest(TestLake lake, IngestRequest request, PlausibilityRules rules) {
        return new Ingest(lake.lake(), IngestListener.NONE).rejecting(rules).ingest(request);
    }

    @Test
    void rejectsWhatARuleOfTheSenderFindsAndTakesItInOnceTheRuleIsMended() {
        try (TestLake lake = new TestLake(folder)) {
            Path file = lake.file("file", List.of(GOOD, NEGATIVE));
            // Who sent it, the file says behind its last reading.
            IngestRequest request = new IngestRequest(file, "", LineFormat.INSTANCE);
            IngestOutcome first = ingest(lake, request, notNegative("acme"));

            assertThat(first.rowsNew()).isEqualTo(1);
            assertThat(first.rowsRejected()).isEqualTo(1);
            assertThat(first.rowsRead()).isEqualTo(2);
            assertThat(lake.ledger(first)).containsEntry("rows_rejected", 1L);
            assertThat(lake.rows("rejected_readings"))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("line", 2L)
                            .containsEntry("utility", "acme")
                            .containsEntry("field", "value")
                            .containsEntry("reason", "rule the-rule: -2 kWh is below zero"));

            IngestOutcome second = ingest(lake, request.retry(), PlausibilityRules.NONE);

            assertThat(second.status()).isEqualTo(Status.INGESTED);
            assertThat(second.rowsNew()).isEqualTo(1);
            assertThat(second.rowsUnchanged()).isEqualTo(1);
            assertThat(lake.readings())
                    .hasSize(2)
                    .anySatisfy(row -> assertThat(row)
                            .containsEntry("meter_id", "negative")
                            .containsEntry("value", new BigDecimal("-2.000000")));
            assertThat(lake.rows("rejected_readings"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("resolved_at")).isNotNull());
        }
    }

    @Test
    void leavesTheFilesOfOtherUtilitiesAlone() {
        try (TestLake lake = new TestLake(folder)) {
            Path file = lake.file("file", List.of(GOOD, NEGATIVE));
            IngestOutcome others = ingest(lake, new IngestRequest(file, "", LineFormat.INSTANCE), notNegative("north"));

            assertThat(others.rowsRejected()).isZero();
            Path unsigned = lake.file("unsigned", List.of(GOOD.channel("E2"), NEGATIVE.channel("E2")));
            IngestOutcome named =
                    ingest(lake, new IngestRequest(unsigned, "north", LineFormat.INSTANCE), notNegative("north"));
            assertThat(named.rowsRejected()).isEqualTo(1);
        }
    }

    @Test
    void countsTheSameInADryRun() {
        try (TestLake lake = new TestLake(folder)) {
            IngestRequest request =
                    new IngestRequest(lake.file("file", List.of(GOOD, NEGATIVE)), "", LineFormat.INSTANCE);
            IngestOutcome told = new Ingest(lake.lake(), IngestListener.NONE)
                    .rejecting(notNegative("acme"))
                    .dryRun(List.of(request))
                    .getFirst();

            assertThat(told.rowsRejected()).isEqualTo(1);
            assertThat(told.rowsNew()).isEqualTo(1);
        }
    }

    @Test
    void rejectsTheIntervalsOfANem12DayThatTakeMoreThanTheFuseAndKeepsTheOthers() {
        try (TestLake lake = new TestLake(folder)) {
            String day = "300,20260301," + "0.7,".repeat(46) + "0.76,0.77,A,,,20260302030000,";
            Path file = lake.write(
                    "day.csv",
                    List.of(
                            "100,NEM12,202603020300,MDP,RETAILER",
                            "200,NEM1200001,E1,1,E1,,SERIAL,KWH,30,",
                            day,
                            "900"));
            IngestRequest request =
                    new IngestRequest(file, "", MeterFormats.installed().named("nem12"));
            Limit fuse = new Limit.FuseRating(Optional.of(new BigDecimal("1.5")));
            IngestOutcome outcome = ingest(lake, request, rules(fuse, Optional.empty()));

            assertThat(outcome.rowsNew()).isEqualTo(46);
            assertThat(lake.rows("rejected_readings")).singleElement().satisfies(row -> {
                assertThat(row).containsEntry("line", 3L);
                assertThat(String.valueOf(row.get("reason")))
                        .contains("0.76 kWh in 30 minutes is more than the 1.5 kW of the fuse", "0.77 kWh");
            });

            ingest(lake, request.retry(), PlausibilityRules.NONE);
            assertThat(lake.readings()).hasSize(48);
        }
    }
}
