package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.testing.InMemoryFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesReaderTest {
    private static JsonLinesReader reader(String text) {
        return new JsonLinesReader(
                InMemoryFile.inPieces(text.getBytes(UTF_8)), "test.jsonl", List.of("a", "b"), Set.of("b"));
    }

    private static JsonLinesReader first(String text) throws IOException {
        JsonLinesReader reader = reader(text);
        assertThat(reader.next()).isTrue();
        return reader;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1.5,\"b\":\"x\"} | 1.5 | x",
                "{ \"b\" : \"x\" , \"a\" : -0.25e+3 } | -0.25e+3 | x",
                "{\"c\":[{\"a\":7},[],{}],\"a\":true,\"d\":{\"b\":{\"b\":[null]}},\"b\":false} | true | false",
                "{\"a\":null,\"b\":\"\"} | `` | ``",
                "{\"a\":0} | 0 | ``",
                "{\"a\":[1, 2],\"b\":{\"x\":1}} | [1, 2] | {\"x\":1}",
                "{\"\\u0061\":\"q\\\"\\\\\\/\\u00e4\\ud83d\\ude00z\",\"b\":1} | q\"\\/ä😀z | 1",
            })
    void readsTheFieldsOfAnObject(String line, String a, String b) throws IOException {
        JsonLinesReader reader = first(line);
        assertThat(reader.damage()).isEmpty();
        assertThat(reader.text(0)).isEqualTo(a);
        assertThat(reader.text(1)).isEqualTo(b);
        assertThat(reader.rawText()).isEqualTo(line);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void goesFromLineToLine() throws IOException {
        JsonLinesReader reader = reader("\uFEFF{\"a\":1}\r\n\r\n \t\n{\"a\":2}\n{\"a\":\"\\u0033\"}");
        List<String> read = new ArrayList<>();
        while (reader.next()) {
            read.add(reader.line() + ":" + reader.text(0) + ":" + reader.rawText());
        }
        assertThat(read).containsExactly("1:1:{\"a\":1}", "4:2:{\"a\":2}", "5:3:{\"a\":\"\\u0033\"}");
    }

    @Test
    void tellsNumbersFromTexts() throws IOException {
        JsonLinesReader reader = first("{\"a\":1.5,\"b\":\"1,5\"}");
        assertThat(reader.decimalPoint(0, ',')).isEqualTo('.');
        assertThat(reader.decimalPoint(1, ',')).isEqualTo(',');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1}]",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+5}",
                "{\"a\":1e}",
                "{\"a\":NaN}",
                "{\"a\":nul}",
                "{\"a\":}",
                "{\"a\":1 2}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"tab\there\"}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"c\":[1,]}",
                "{\"a\":1,\"c\":{\"x\"}}",
                "{\"b\":1}",
                "x",
            })
    void saysThatALineIsDamagedAndGoesOn(String line) throws IOException {
        JsonLinesReader reader = first(line + "\n{\"a\":7}\n");
        assertThat(reader.damaged()).isTrue();
        assertThat(reader.damage()).isNotEmpty();
        assertThat(reader.rawText()).isEqualTo(line);
        assertThat(reader.next()).isTrue();
        assertThat(reader.damaged()).isFalse();
        assertThat(reader.text(0)).isEqualTo("7");
    }

    @Test
    void doesNotFollowWhatIsNestedEndlessly() throws IOException {
        JsonLinesReader reader = first("{\"a\":" + "[".repeat(100_000) + "\n{\"a\":7}");
        assertThat(reader.damaged()).isTrue();
        assertThat(reader.next()).isTrue();
    }

    @Test
    void refusesALineWithoutAnEnd() {
        JsonLinesReader reader = new JsonLinesReader(
                new ByteArrayInputStream(new byte[5 * 1024 * 1024]), "test.jsonl", List.of("a"), Set.of());
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(reader::next)
                .withMessage("Cannot read test.jsonl: line 1 is longer than 4194304 bytes");
    }
}
