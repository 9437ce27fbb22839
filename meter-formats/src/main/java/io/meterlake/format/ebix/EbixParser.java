package io.meterlake.format.ebix;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.measure.Dialect;
import io.meterlake.format.measure.HeaderField;
import io.meterlake.format.measure.MeasureHeader;
import io.meterlake.format.measure.MeasurePoint;
import io.meterlake.format.measure.MeasureSeries;
import io.meterlake.format.measure.SeriesField;
import io.meterlake.format.text.Problem;
import io.meterlake.format.xml.XmlCursor;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Goes through one document of ebIX. */
final class EbixParser {
    static final String DOCUMENT = "DK_MeteredDataTimeSeries";

    private static final String NAMESPACE = "un:unece:260:data:EEM-DK_MeteredDataTimeSeries:v3";

    private static final Map<HeaderField, String> HEADER_NAMES = Map.of(
            HeaderField.ID, "Identification",
            HeaderField.DOCUMENT_TYPE, "DocumentType",
            HeaderField.PROCESS, "EnergyBusinessProcess",
            HeaderField.SENDER, "SenderEnergyParty",
            HeaderField.RECEIVER, "RecipientEnergyParty",
            HeaderField.CREATED, "Creation");

    private static final Map<String, HeaderField> HEADER = Map.of(
            "Identification", HeaderField.ID,
            "DocumentType", HeaderField.DOCUMENT_TYPE,
            "SenderEnergyParty", HeaderField.SENDER,
            "RecipientEnergyParty", HeaderField.RECEIVER,
            "Creation", HeaderField.CREATED);

    private static final Set<String> HOLDERS =
            Set.of("SenderEnergyParty", "RecipientEnergyParty", "MeteringPointDomainLocation");

    private static final Map<String, HeaderField> CONTEXT = Map.of(
            "EnergyBusinessProcess", HeaderField.PROCESS,
            "EnergyBusinessProcessRole", HeaderField.OTHER,
            "EnergyIndustryClassification", HeaderField.OTHER);

    private static final Map<String, SeriesField> SERIES = Map.of(
            "Identification", SeriesField.TRANSACTION,
            "Function", SeriesField.STATUS,
            "MeteringPointDomainLocation", SeriesField.METERING_POINT,
            "OriginalBusinessDocument", SeriesField.OTHER);

    private static final Map<String, SeriesField> PRODUCT =
            Map.of("Identification", SeriesField.PRODUCT, "UnitType", SeriesField.UNIT);

    private static final Map<String, SeriesField> CHARACTERISTIC =
            Map.of("TypeOfMeteringPoint", SeriesField.METERING_POINT_TYPE, "SettlementMethod", SeriesField.OTHER);

    private static final Map<String, SeriesField> PERIOD =
            Map.of("ResolutionDuration", SeriesField.RESOLUTION, "Start", SeriesField.START, "End", SeriesField.END);

    private static final int LONGEST_NAME = 100;

    private final XmlCursor xml;
    private final String fileName;
    private final MeasureHeader header;
    private final MeasureSeries series;

    EbixParser(XmlCursor xml, String fileName, ReadingSink sink) {
        this.xml = xml;
        this.fileName = fileName;
        this.header = new MeasureHeader(fileName, Dialect.EBIX, HEADER_NAMES);
        this.series = new MeasureSeries(fileName, Dialect.EBIX, header, sink);
    }

    /** Reads the document, and says who sent it. */
    String parse() throws IOException {
        xml.toRoot();
        if (!xml.name().equals(DOCUMENT) || !xml.namespace().equals(NAMESPACE)) {
            throw new UnreadableFileException(
                    "Cannot read %s: it is a %s of '%s', not a %s of '%s'"
                            .formatted(
                                    fileName,
                                    Problem.abridged(xml.name(), LONGEST_NAME),
                                    Problem.abridged(xml.namespace(), LONGEST_NAME),
                                    DOCUMENT,
                                    NAMESPACE),
                    "Meterlake reads version 3 of validated metered data; leave other documents out.");
        }
        boolean inSeries = false;
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "HeaderEnergyDocument" -> header(HEADER, inSeries);
                case "ProcessEnergyContext" -> header(CONTEXT, inSeries);
                case "PayloadEnergyTimeSeries" -> {
                    if (!inSeries) {
                        header.check();
                        inSeries = true;
                    }
                    series();
                }
                default -> throw header.unknown(xml.name(), xml.line());
            }
        }
        xml.finish();
        header.check();
        if (!inSeries) {
            throw header.refused("it has no PayloadEnergyTimeSeries, so no values");
        }
        return header.get(HeaderField.SENDER);
    }

    private void header(Map<String, HeaderField> fields, boolean isLate) throws IOException {
        if (isLate) {
            throw header.unknown(xml.name(), xml.line());
        }
        int level = xml.level();
        while (xml.nextIn(level)) {
            HeaderField field = fields.get(xml.name());
            if (field == null) {
                throw header.unknown(xml.name(), xml.line());
            }
            header.set(field, text(xml.name()));
        }
    }

    private void series() throws IOException {
        series.begin(xml.line());
        series.period();
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "ObservationTimeSeriesPeriod" -> period();
                case "IncludedProductCharacteristic" -> fields(PRODUCT);
                case "DetailMeasurementMeteringPointCharacteristic" -> fields(CHARACTERISTIC);
                case "IntervalEnergyObservation" -> point();
                default -> field(SERIES);
            }
        }
        series.end();
    }

    private void fields(Map<String, SeriesField> fields) throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            field(fields);
        }
    }

    private void field(Map<String, SeriesField> fields) throws IOException {
        String name = xml.name();
        SeriesField field = fields.get(name);
        if (field == null) {
            series.unknown(name, xml.line());
        } else {
            series.field(field, name, text(name));
        }
    }

    /** Parties and places have their number in an element of its own. */
    private String text(String name) throws IOException {
        return HOLDERS.contains(name) ? xml.deepText() : xml.text();
    }

    private void period() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            String name = xml.name();
            SeriesField field = PERIOD.get(name);
            if (field == null) {
                series.unknown(name, xml.line());
            } else {
                series.periodField(field, name, xml.text());
            }
        }
    }

    private void point() throws IOException {
        long line = xml.line();
        String position = "";
        String quantity = "";
        String quality = "";
        String missing = "";
        String unknown = "";
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "Position" -> {
                    unknown = position.isEmpty() ? unknown : "Position";
                    position = xml.text();
                }
                case "EnergyQuantity" -> {
                    unknown = quantity.isEmpty() ? unknown : "EnergyQuantity";
                    quantity = xml.text();
                }
                case "QuantityQuality" -> {
                    unknown = quality.isEmpty() ? unknown : "QuantityQuality";
                    quality = xml.text();
                }
                case "QuantityMissing" -> missing = xml.text();
                default -> unknown = xml.name();
            }
        }
        boolean isMissing = missing.equals("true") || missing.equals("1");
        if (!missing.isEmpty() && !isMissing && unknown.isEmpty()) {
            unknown = "QuantityMissing " + Problem.abridged(missing);
        }
        series.point(new MeasurePoint(position, quantity, quality, isMissing, unknown, line));
    }
}
