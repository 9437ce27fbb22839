package io.meterlake.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("meter_id", "channel", "interval_start", "value");

    @Test
    void findsASlipOfTheFingers() {
        assertThat(DidYouMean.closest("metre_id", KNOWN)).contains("meter_id");
        assertThat(DidYouMean.closest("chanel", KNOWN)).contains("channel");
        assertThat(DidYouMean.closest("VALUE", KNOWN)).contains("value");
    }

    @Test
    void keepsQuietWhenNothingIsNear() {
        assertThat(DidYouMean.closest("kwh", KNOWN)).isEmpty();
        assertThat(DidYouMean.question("kwh", KNOWN)).isEmpty();
    }

    @Test
    void asksWithTheNearestName() {
        assertThat(DidYouMean.question("intervalstart", KNOWN)).isEqualTo("; did you mean 'interval_start'?");
    }
}
