package io.meterlake.dashboard.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.dashboard.preview.Downsampling.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownsamplingTest {
    @Test
    void keepsEveryPeakEveryLowAndEveryGap() {
        List<Point> year = new ArrayList<>();
        for (int i = 0; i < 35_040; i++) {
            year.add(new Point(900L * i, i == 20_000 ? null : i == 777 ? 1e6 : i == 30_001 ? -5.0 : 1.0 + i % 7));
        }
        List<Point> kept = Downsampling.minMax(year, 1000);
        assertThat(kept).hasSizeLessThanOrEqualTo(2 * 1000 + 1);
        assertThat(kept).contains(year.get(777), year.get(30_001), year.get(20_000));
        assertThat(kept).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
    }

    @Test
    void leavesAShortCurveAsItIs() {
        List<Point> few = List.of(new Point(0, 1.0), new Point(900, null));
        assertThat(Downsampling.minMax(few, 1000)).isEqualTo(few);
    }
}
