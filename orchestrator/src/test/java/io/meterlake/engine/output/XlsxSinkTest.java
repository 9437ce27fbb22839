package io.meterlake.engine.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.engine.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxSinkTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("partner", "varchar"), new Column("energy_kwh", "decimal(38,6)"), new Column("day", "date"));

    @TempDir
    private Path folder;

    @Test
    void writesNumbersInFullDatesAsDatesAndTextAsText() throws IOException {
        Path file =
                write("a.xlsx", 10, List.of("=1+1", new BigDecimal("12345678901234567890.123456"), day(2026, 1, 25)));
        assertThat(part(file, "xl/worksheets/sheet1.xml"))
                .contains("<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>")
                .contains("<c r=\"B2\"><v>12345678901234567890.123456</v></c>")
                .contains("<c r=\"C2\" s=\"2\"><v>46047</v></c>")
                .doesNotContain("<f>");
    }

    @Test
    void leavesOutNullsAndEscapesWhatXmlCannotHold() throws IOException {
        Path file = write("a.xlsx", 10, Arrays.asList("<a&\"b\">\u0007_x0041_\uD800 \uD83D\uDE00", null, null));
        assertThat(part(file, "xl/worksheets/sheet1.xml"))
                .contains("&lt;a&amp;&quot;b&quot;&gt;_x0007__x005F_x0041__xD800_ \uD83D\uDE00")
                .doesNotContain("r=\"B2\"");
    }

    @Test
    void givesTheSameBytesAgainAndOnEveryMachine() throws IOException, NoSuchAlgorithmException {
        List<@Nullable Object> row = List.of("north", new BigDecimal("1.5"), day(2026, 1, 25));
        Path first = write("a.xlsx", 10, row);
        Path second = write("b.xlsx", 10, row);
        assertThat(first).hasSameBinaryContentAs(second);
        // What every later version must write, too: signed reports are rebuilt byte for byte.
        assertThat(sha256(first)).isEqualTo("391bda3e23675b0a37134c1a202df66556c269eeb262b0d074d79eddc828ba0a");
    }

    @Test
    void goesOnWithTheNextSheet() throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(List.of("p" + i, new BigDecimal(i), day(2026, 1, 25)));
        }
        Path file = folder.resolve("many.xlsx");
        try (XlsxSink sink = new XlsxSink(file, "a name that is longer than a sheet's can be", 3)) {
            sink.columns(COLUMNS);
            rows.forEach(sink::row);
        }
        assertThat(part(file, "xl/workbook.xml"))
                .contains("name=\"a name that is longer than a sh\"")
                .contains("name=\"a name that is longer than a  2\"")
                .contains("name=\"a name that is longer than a  3\"");
        assertThat(part(file, "xl/worksheets/sheet3.xml"))
                .contains("energy_kwh")
                .contains(">p4<")
                .doesNotContain(">p3<");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("nothing is left beside it").containsExactly(file);
        }
    }

    @Test
    void namesColumnsAsSpreadsheetsDo() {
        assertThat(Stream.of(0, 25, 26, 701, 702).map(XlsxXml::columnName))
                .containsExactly("A", "Z", "AA", "ZZ", "AAA");
    }

    private Path write(String name, int rowsASheet, List<@Nullable Object> row) throws IOException {
        Path file = folder.resolve(name);
        try (XlsxSink sink = new XlsxSink(file, "settlement", rowsASheet)) {
            sink.columns(COLUMNS);
            sink.row(row);
        }
        return file;
    }

    private static LocalDate day(int year, int month, int day) {
        return LocalDate.of(year, month, day);
    }

    private static String part(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                assertThat(entries.nextElement().getMethod()).isEqualTo(ZipEntry.STORED);
            }
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
