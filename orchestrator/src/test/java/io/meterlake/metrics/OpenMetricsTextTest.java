package io.meterlake.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenMetricsTextTest {
    @Test
    void writesWhatTheSpecificationSays() {
        MetricFamily lateness = MetricFamily.of("delivery_lateness_seconds", "seconds", "How \"late\" \\ it is.")
                .with(Map.of("utility", "Stadtwerke \"Nord\"\\\n", "a", "1"), new BigDecimal("1.50"))
                .with(Map.of("utility", "b"), 1_000_000_000_000L);
        assertThat(OpenMetricsText.of(List.of(lateness, MetricFamily.of("empty", "", "Nothing."))))
                .isEqualTo("""
                        # TYPE meterlake_delivery_lateness_seconds gauge
                        # UNIT meterlake_delivery_lateness_seconds seconds
                        # HELP meterlake_delivery_lateness_seconds How \\"late\\" \\\\ it is.
                        meterlake_delivery_lateness_seconds{a="1",utility="Stadtwerke \\"Nord\\"\\\\\\n"} 1.50
                        meterlake_delivery_lateness_seconds{utility="b"} 1000000000000
                        # EOF
                        """);
    }

    @Test
    void wantsTheUnitAtTheEndOfTheName() {
        assertThatThrownBy(() -> MetricFamily.of("size", "bytes", "Size.")).hasMessageContaining("does not end");
        assertThatThrownBy(() -> MetricFamily.of("size-bytes", "bytes", "Size."))
                .hasMessageContaining("no name");
    }
}
