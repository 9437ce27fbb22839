package io.meterlake.format.nem13;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.MeterFormats;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.reading.ReadingBuffer;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.RegisterPeriod;
import io.meterlake.reading.RegisterPeriod.Agreement;
import io.meterlake.testing.SampleFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real files, compared field by field with what splitting their lines gives. */
class Nem13SamplesTest {
    private static ReadingBuffer read(Path path) throws IOException {
        LocalMeterFile file = new LocalMeterFile(path);
        ReadingBuffer buffer = new ReadingBuffer();
        MeterFormats.installed().detect(file).read(file, buffer);
        return buffer;
    }

    private static List<String> expected(Path path) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new LocalMeterFile(path).open(), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> line.startsWith("250,"))
                    .map(line -> line.split(",", -1))
                    .map(f -> String.join(" ", f[1], f[4], f[6], plain(f[8]), plain(f[13]), plain(f[18])))
                    .toList();
        }
    }

    private static String plain(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String plain(long scaled) {
        return plain(BigDecimal.valueOf(scaled, ReadingSink.VALUE_SCALE).toPlainString());
    }

    @Test
    void readsEveryRecordOfRealFiles() throws IOException {
        List<String> differing = new ArrayList<>();
        for (Path path : SampleFiles.in("nem13")) {
            ReadingBuffer read = read(path);
            assertThat(read.rejects()).as("%s", path).isEmpty();
            assertThat(read.size()).as("%s", path).isZero();
            assertThat(read.registerPeriods().stream()
                            .map(period -> String.join(
                                    " ",
                                    period.meterId(),
                                    period.channel(),
                                    period.meterSerial(),
                                    plain(period.previous().scaledValue()),
                                    plain(period.current().scaledValue()),
                                    plain(period.scaledQuantity())))
                            .toList())
                    .as("%s", path)
                    .isNotEmpty()
                    .isEqualTo(expected(path));
            read.registerPeriods().stream()
                    .filter(period -> period.agreement() == Agreement.DIFFERS)
                    .map(RegisterPeriod::rawText)
                    .forEach(differing::add);
        }
        assertThat(differing)
                .as("the records whose quantity is not the difference of their reads")
                .containsExactlyInAnyOrder(
                        "250,NEM1311002,11,1,11,11,11002,E,38841,20041117093206,A,,,39013,20050217074053,A,,,31,KWH,"
                                + "20050519,20050218104410,",
                        "250,NEM1312026,12,4949,12,12,SerialBMP1,I,290.00,20041001000001,A,,,290.00,20041007000001,A,,,"
                                + "-10.000,KWH,20041008,20030201112700,");
    }
}
