package io.meterlake.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.metrics.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a file is late. */
class DeliveriesTest {
    @TempDir
    private Path folder;

    private Deliveries read(String text) throws IOException {
        return Deliveries.read(Files.writeString(folder.resolve("deliveries.yml"), text));
    }

    private static Delivery file(String utility, String lastInterval, boolean isIngested) {
        return new Delivery(
                utility,
                "f.csv",
                isIngested,
                1,
                Instant.parse("2026-01-27T05:00:00Z"),
                Instant.parse(lastInterval),
                Map.of("read", 1L));
    }

    @ParameterizedTest(name = "at {0} with readings up to {1}: {2}")
    @CsvSource({
        // 09:00 in Berlin is 08:00 UTC: before it the day before yesterday is due, from then on yesterday.
        "2026-01-28T07:59:59Z, 2026-01-26T22:45:00Z, ''",
        "2026-01-28T07:59:59Z, 2026-01-25T22:45:00Z, 2026-01-26",
        "2026-01-28T08:00:00Z, 2026-01-26T22:45:00Z, 2026-01-27",
        "2026-01-28T08:00:00Z, 2026-01-27T22:45:00Z, ''",
        // The market's day ends at 23:00 UTC.
        "2026-01-28T08:00:00Z, 2026-01-26T23:00:00Z, ''",
        // Summer time: 09:00 is 07:00 UTC.
        "2026-07-02T07:00:00Z, 2026-06-30T21:45:00Z, 2026-07-01",
    })
    void lateIsWhatHasNotComeByItsTimeInTheMarketsZone(Instant now, String last, String late) throws IOException {
        Deliveries deliveries = read("utilities:\n  nord: {by: '09:00', time_zone: Europe/Berlin}\n");
        List<Incident> incidents = deliveries.late(List.of(file("nord", last, true)), now);
        if (late.isEmpty()) {
            assertThat(incidents).isEmpty();
        } else {
            assertThat(incidents).singleElement().satisfies(one -> {
                assertThat(one.subject()).isEqualTo("nord " + late);
                assertThat(one.text()).startsWith("Late: nord has sent 0 of 1 files for " + late);
            });
        }
    }

    @Test
    void neitherAnotherUtilitysFileNorARejectedOneCounts() throws IOException {
        Deliveries deliveries = read("utilities:\n  nord: {by: '09:00', time_zone: Europe/Berlin, files: 2}\n");
        String last = "2026-01-27T22:45:00Z";
        List<Delivery> ledger = List.of(file("nord", last, true), file("nord", last, false), file("south", last, true));
        assertThat(deliveries.late(ledger, Instant.parse("2026-01-28T12:00:00Z")))
                .extracting(Incident::text)
                .containsExactly("Late: nord has sent 1 of 2 files for 2026-01-27, due at 2026-01-28T09:00+01:00");
    }

    @Test
    void allThatIsWrongWithTheFileIsTold() {
        assertThatThrownBy(() -> read("""
                        utilities:
                          a: {by: '25:00', time_zone: Europe/Berlin}
                          b: {by: '09:00', time_zone: Europe/Nowhere}
                          c: {by: '09:00', time_zone: UTC, files: none}
                          d: {time_zone: UTC, after: '9'}
                        """))
                .isInstanceOfSatisfying(
                        MeterlakeException.class,
                        e -> assertThat(e.code()).isEqualTo(AlarmErrorCode.INVALID_DELIVERIES))
                .hasMessageContaining("utilities.a: Text '25:00'")
                .hasMessageContaining("utilities.b: Unknown time-zone ID: Europe/Nowhere")
                .hasMessageContaining("deliveries.yml:4")
                .hasMessageContaining("after");
    }

    @Test
    void nobodyIsLateWithoutAFile() {
        assertThat(Deliveries.read(folder.resolve("none.yml")).utilities()).isEmpty();
    }
}
