package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.InMemoryFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DelimitedReaderTest {
    private static List<String> read(byte[] bytes) throws IOException {
        DelimitedReader reader = new DelimitedReader(InMemoryFile.inPieces(bytes), "test.csv", ',');
        List<String> records = new ArrayList<>();
        while (reader.next()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < reader.fields(); i++) {
                fields.add(reader.text(i));
            }
            records.add(reader.line() + ":" + (reader.damaged() ? "damaged " + reader.rawText() : fields));
        }
        return records;
    }

    private static List<String> read(String text) throws IOException {
        return read(text.getBytes(UTF_8));
    }

    @Test
    void readsBackWhateverWasQuoted() throws IOException {
        Random random = new Random(7);
        String[] parts = {"a", "é", "\"", ",", "\n", "\r\n", " ", "kWh", "0.125", "\r"};
        for (int round = 0; round < 500; round++) {
            List<String> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder(round % 3 == 0 ? "\uFEFF" : "");
            int line = 1;
            for (int i = random.nextInt(20); i >= 0; i--) {
                List<String> fields = new ArrayList<>();
                List<String> written = new ArrayList<>();
                for (int j = random.nextInt(5); j >= 0; j--) {
                    StringBuilder field = new StringBuilder();
                    for (int k = random.nextInt(4); k > 0; k--) {
                        field.append(parts[random.nextInt(parts.length)]);
                    }
                    fields.add(field.toString());
                    written.add('"' + field.toString().replace("\"", "\"\"") + '"');
                }
                String record = String.join(",", written);
                if (!String.join("", fields).isEmpty()) {
                    expected.add(line + ":" + fields);
                }
                text.append(record).append(round % 2 == 0 ? "\n" : "\r\n");
                line += 1
                        + (int) record.replace("\r\n", "\n")
                                .chars()
                                .filter(c -> c == '\n' || c == '\r')
                                .count();
            }
            assertThat(read(text.toString())).as(text.toString()).isEqualTo(expected);
        }
    }

    @Test
    void takesAllThreeLineEndsAndCountsBlankLines() throws IOException {
        assertThat(read("a,b\r\n\r\nc,d\re,f\n,,\ng")).containsExactly("1:[a, b]", "3:[c, d]", "4:[e, f]", "6:[g]");
    }

    @Test
    void trimsUnquotedFieldsOnly() throws IOException {
        assertThat(read(" a , b\n\" a \",b")).containsExactly("1:[a, b]", "2:[ a , b]");
    }

    @Test
    void spoilsOnlyTheLineWithAQuoteThatNeverCloses() throws IOException {
        assertThat(read("a,\"b\nc,d\ne,f\n")).containsExactly("1:damaged a,\"b", "2:[c, d]", "3:[e, f]");
        assertThat(read("a,\"b\"x\nc,d")).containsExactly("1:damaged a,\"b\"x", "2:[c, d]");
        String long_ = "c,d\n".repeat(DelimitedReader.MAX_QUOTED_RECORD);
        assertThat(read("a,\"b\n" + long_)).hasSize(1 + DelimitedReader.MAX_QUOTED_RECORD);
    }

    @Test
    void givesTheRawTextAsItWasSent() throws IOException {
        DelimitedReader reader =
                new DelimitedReader(InMemoryFile.inPieces("\"a \"\"b\"\"\",c\r\n".getBytes(UTF_8)), "test.csv", ',');
        assertThat(reader.next()).isTrue();
        assertThat(reader.text(0)).isEqualTo("a \"b\"");
        assertThat(reader.rawText()).isEqualTo("\"a \"\"b\"\"\",c");
    }

    @Test
    void cutsALongRawText() throws IOException {
        DelimitedReader reader =
                new DelimitedReader(InMemoryFile.inPieces("x".repeat(10_000).getBytes(UTF_8)), "test.csv", ',');
        assertThat(reader.next()).isTrue();
        assertThat(reader.rawText()).hasSizeLessThan(4_200).endsWith("… (10000 bytes in all)");
    }

    @Test
    void refusesUtf16() {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> read("a,b".getBytes(UTF_16)))
                .withMessage("Cannot read test.csv: it is text in UTF-16");
    }

    @Test
    void refusesWhatHasNoLines() {
        byte[] noText = new byte[DelimitedReader.MAX_RECORD + 100_000];
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> {
                    DelimitedReader reader =
                            new DelimitedReader(new java.io.ByteArrayInputStream(noText), "test.csv", ',');
                    reader.next();
                })
                .withMessageContaining("line 1 is longer than 4194304 bytes");
    }
}
