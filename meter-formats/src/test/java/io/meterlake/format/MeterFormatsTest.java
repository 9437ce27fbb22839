package io.meterlake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meterlake.error.MeterlakeException;
import io.meterlake.format.csv.CsvFormat;
import io.meterlake.format.csv.CsvMapping;
import io.meterlake.format.csv.CsvMappingFile;
import io.meterlake.format.mscons.MsconsFormat;
import io.meterlake.testing.InMemoryFile;
import java.io.IOException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterFormatsTest {
    private static final CsvMapping MAPPING = CsvMappingFile.parse("""
            utility: northgrid
            time_zone: Europe/Dublin
            columns:
              meter_id: MPRN
              channel: constant:import
              interval_start: Time
              interval_minutes: constant:30
              value: kWh
              unit: constant:kWh
              quality: constant:actual
            """, "northgrid.yaml");

    private static String detected(MeterFormats formats, String content) throws IOException {
        return formats.detect(InMemoryFile.of("file", content)).name();
    }

    @Test
    void findsTheFormatsOnTheClassPath() {
        assertThat(MeterFormats.installed().names())
                .containsExactly("cim-json", "cim-xml", "csv", "ebix", "espi", "mscons", "nem12", "nem13");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100,NEM12,202601010000,A,B\n",
                "\uFEFF100,NEM12,202601010000,A,B\n",
                "\r\n\r\n\"100\",NEM12,202601010000,A,B\n",
                "200,VABD000163,E1Q1,1,E1,N1,METSER123,kWh,30,\n",
                "100,NEM99,202601010000,A,B\n"
            })
    void recognisesNem12ByItsBeginning(String content) throws IOException {
        assertThat(detected(MeterFormats.installed(), content)).isEqualTo("nem12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100,NEM13,202601010000,A,B\n",
                "\uFEFF\n\"100\", \"nem13\",202601010000,A,B\n",
                "250,VABC005890,11,1,11,11,METSER123,E,006342.8,20031005093055,A,,\n"
            })
    void recognisesNem13ByItsBeginning(String content) throws IOException {
        assertThat(detected(MeterFormats.installed(), content)).isEqualTo("nem13");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNB+UNOC:3+A:500+B:500+260102:1347+R'",
                "\uFEFFUNA:+.? '\r\nUNB+UNOC:3+A:500+B:500+260102:1347+R'",
                "UNA|*,! ~UNB*UNOA|3*A*B*260102|1347*R~"
            })
    void recognisesMsconsByItsBeginning(String content) throws IOException {
        assertThat(detected(MeterFormats.installed(), content)).isEqualTo("mscons");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "espi|<?xml version='1.0'?><!-- x --><feed xmlns='http://www.w3.org/2005/Atom'><x xmlns='http://naesb.org/espi'/>",
                "espi|<n:entry xmlns:n='http://www.w3.org/2005/Atom' xmlns='http://naesb.org/espi'>",
                "cim-xml|<c:NotifyValidatedMeasureData_MarketDocument xmlns:c='urn:ediel.org:x'>",
                "cim-xml|<GL_MarketDocument>",
                "ebix|<a:DK_MeteredDataTimeSeries xmlns:a='un:unece:260:data:EEM-DK_MeteredDataTimeSeries:v3'>",
                "cim-json|{ \"NotifyValidatedMeasureData_MarketDocument\" : {"
            })
    void recognisesDocumentsByTheirRoot(String format, String content) throws IOException {
        assertThat(detected(MeterFormats.installed(), content)).isEqualTo(format);
        assertThat(detected(MeterFormats.installed(), "\uFEFF" + content)).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<feed xmlns='http://www.w3.org/2005/Atom'>", "{\"a\": 1}", "[]", "<a/>"})
    void recognisesNoOtherXmlAndJson(String content) {
        assertThatExceptionOfType(MeterlakeException.class)
                .isThrownBy(() -> detected(MeterFormats.installed(), content))
                .withMessageContaining("no format recognises it");
    }

    @Test
    void recognisesCsvByItsHeaderEvenIfAColumnIsMissing() throws IOException {
        MeterFormats formats = MeterFormats.installed().with(CsvFormat.mapped(MAPPING));
        assertThat(formats.names())
                .containsExactly(
                        "cim-json", "cim-xml", "csv", "csv:northgrid", "ebix", "espi", "mscons", "nem12", "nem13");
        assertThat(detected(formats, "interval_start,meter_id,channel,value,unit,quality,quality_code,recorded_at\n"))
                .isEqualTo("csv");
        assertThat(detected(formats, "\"MPRN\",Time,kWh,Other\n")).isEqualTo("csv:northgrid");
        assertThat(detected(formats, "MPRN,Time,Wh,Other\n")).isEqualTo("csv:northgrid");
        assertThat(detected(formats, "\uFEFF\n {\"Other\":{},\"MPRN\":1,\"Time\":\"x\",\"kWh\":2}\n"))
                .isEqualTo("csv:northgrid");
        assertThat(detected(formats, "{\"Time\":\"x\",\"kWh\":2}\n")).isEqualTo("csv:northgrid");
    }

    @Test
    void showsTheBeginningOfAFileThatNoFormatRecognises() {
        assertThatExceptionOfType(MeterlakeException.class)
                .isThrownBy(() -> detected(MeterFormats.installed(), "<html>\n<body>"))
                .withMessage("Cannot read file: no format recognises it; it begins with '<html>·<body>'")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FormatErrorCode.UNKNOWN_FORMAT))
                .satisfies(e -> assertThat(e.hint())
                        .contains("--format (cim-json, cim-xml, csv, ebix, espi, mscons, nem12, nem13)"));
        assertThatExceptionOfType(MeterlakeException.class)
                .isThrownBy(() -> MeterFormats.installed()
                        .detect(new InMemoryFile(
                                "file", "meter_id,channel".getBytes(java.nio.charset.StandardCharsets.UTF_16))))
                .withMessageContaining("no format recognises it");
    }

    @Test
    void leavesOtherJsonAlone() {
        MeterFormats formats = MeterFormats.installed().with(CsvFormat.mapped(MAPPING));
        assertThatExceptionOfType(MeterlakeException.class)
                .isThrownBy(() -> detected(formats, "{\"a\": [1, 2]}\n"))
                .withMessageContaining("no format recognises it");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> MeterFormats.installed().detect(new InMemoryFile("file", "".getBytes(UTF_8))))
                .withMessage("Cannot read file: it is empty");
    }

    @Test
    void asksToChooseWhenTwoFormatsRecogniseAFile() {
        CsvMapping other = CsvMappingFile.parse("""
                utility: southgrid
                time_zone: Europe/Dublin
                columns: {meter_id: MPRN, channel: "constant:x", interval_start: Time, interval_minutes: "constant:30",
                  value: kWh, unit: "constant:kWh", quality: "constant:actual"}
                """, "southgrid.yaml");
        MeterFormats formats =
                MeterFormats.installed().with(CsvFormat.mapped(MAPPING)).with(CsvFormat.mapped(other));
        assertThatExceptionOfType(MeterlakeException.class)
                .isThrownBy(() -> detected(formats, "MPRN,Time,kWh\n"))
                .withMessage("Cannot read file: more than one format recognises it: csv:southgrid, csv:northgrid");
    }

    @Test
    void takesAFormatByNameAndAsksWhatWasMeant() {
        assertThat(MeterFormats.installed().named("nem12").name()).isEqualTo("nem12");
        assertThatExceptionOfType(MeterlakeException.class)
                .isThrownBy(() -> MeterFormats.installed().named("nem-12"))
                .withMessage("Cannot read files as 'nem-12': there is no such format; did you mean 'nem12'?")
                .satisfies(e -> assertThat(e.hint())
                        .isEqualTo("Choose one of: cim-json, cim-xml, csv, ebix, espi, mscons, nem12, nem13."));
    }

    @Test
    void replacesAFormatByOneOfItsName() {
        MsconsFormat given = MsconsFormat.inZone(ZoneId.of("Europe/Vienna"));
        MeterFormats formats = MeterFormats.installed().replacing(given);
        assertThat(formats.named("mscons")).isSameAs(given);
        assertThat(formats.names()).isEqualTo(MeterFormats.installed().names());
    }

    @Test
    void refusesTwoFormatsOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeterFormats.installed().with(new CsvFormat()))
                .withMessage("two formats are called csv");
    }
}
