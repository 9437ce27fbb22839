package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledDecimalTest {
    private static long parse(String text) {
        byte[] bytes = ("x" + text + "9").getBytes(US_ASCII);
        return ScaledDecimal.parse(bytes, 1, bytes.length - 1, '.');
    }

    @Test
    void agreesWithBigDecimalOnWhateverFits() {
        Random random = new Random(20_260_101);
        for (int i = 0; i < 20_000; i++) {
            long scaled = random.nextLong(-999_999_999_999_999_999L, 1_000_000_000_000_000_000L)
                    / (long) Math.pow(10, random.nextInt(18));
            BigDecimal value = BigDecimal.valueOf(scaled, 6);
            String text = random.nextBoolean()
                    ? value.toPlainString()
                    : value.stripTrailingZeros().toPlainString();
            assertThat(parse(text)).as(text).isEqualTo(scaled);
            assertThat(parse(text + (text.contains(".") ? "000" : ".0000000")))
                    .as(text + " with zeros")
                    .isEqualTo(scaled);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-0,0", "1,1000000", ".5,500000", "5.,5000000", "-1.25,-1250000", "000012,12000000"})
    void readsPlainDecimals(String text, long scaled) {
        assertThat(parse(text)).isEqualTo(scaled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "1e3", "1E3", "+1", "1,5", "1 000", "NaN", "0x1", "1.2.3", "--1", "١"})
    void refusesWhatIsNoPlainDecimal(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(ScaledDecimal.parse(bytes, 0, bytes.length, '.')).isEqualTo(ScaledDecimal.NOT_A_DECIMAL);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(parse("0.0000001")).isEqualTo(ScaledDecimal.TOO_FINE);
        assertThat(parse("1000000000000")).isEqualTo(ScaledDecimal.TOO_BIG);
        assertThat(parse("99999999999999999999999")).isEqualTo(ScaledDecimal.TOO_BIG);
        assertThat(parse("-999999999999.999999")).isEqualTo(-999_999_999_999_999_999L);
        assertThat(ScaledDecimal.reason(ScaledDecimal.TOO_BIG, "1000000000000"))
                .isEqualTo("value '1000000000000' has more than 12 digits before the decimal point");
    }

    @Test
    void takesAComma() {
        byte[] bytes = "1,5".getBytes(US_ASCII);
        assertThat(ScaledDecimal.parse(bytes, 0, 3, ',')).isEqualTo(1_500_000);
    }

    @Test
    void multipliesByAPowerOfTenAsBigDecimalDoes() {
        Random random = new Random(20_260_102);
        BigDecimal limit = BigDecimal.TEN.pow(12);
        for (int i = 0; i < 20_000; i++) {
            int power = random.nextInt(-18, 19);
            BigDecimal value = BigDecimal.valueOf(
                    random.nextLong(-999_999_999_999L, 1_000_000_000_000L) / (long) Math.pow(10, random.nextInt(12)),
                    random.nextInt(6));
            byte[] bytes = value.toPlainString().getBytes(US_ASCII);
            long scaled = ScaledDecimal.parse(bytes, 0, bytes.length, '.', power);
            BigDecimal exact = value.scaleByPowerOfTen(power);
            String what = value.toPlainString() + " x 10^" + power;
            if (exact.abs().compareTo(limit) >= 0) {
                assertThat(scaled).as(what).isEqualTo(ScaledDecimal.TOO_BIG);
            } else if (exact.stripTrailingZeros().scale() > 6) {
                assertThat(scaled).as(what).isEqualTo(ScaledDecimal.TOO_FINE);
            } else {
                assertThat(BigDecimal.valueOf(scaled, 6)).as(what).isEqualByComparingTo(exact);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "1e3", "+1", "1.2.3", "--1", "1 "})
    void refusesWhatIsNoDecimalWhateverThePower(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        assertThat(ScaledDecimal.parse(bytes, 0, bytes.length, '.', 3)).isEqualTo(ScaledDecimal.NOT_A_DECIMAL);
    }
}
