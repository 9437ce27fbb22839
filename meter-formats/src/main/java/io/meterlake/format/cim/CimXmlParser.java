package io.meterlake.format.cim;

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

/** Goes through one document of CIM as XML. */
final class CimXmlParser {
    private static final String EDIEL = "urn:ediel.org:measure:notifyvalidatedmeasuredata:0:1";
    private static final String IEC = "urn:iec62325.351:";

    private static final int LONGEST_NAME = 100;

    private final XmlCursor xml;
    private final String fileName;
    private final MeasureHeader header;
    private final MeasureSeries series;

    CimXmlParser(XmlCursor xml, String fileName, ReadingSink sink) {
        this.xml = xml;
        this.fileName = fileName;
        this.header = new MeasureHeader(fileName, Dialect.CIM, CimNames.HEADER_NAMES);
        this.series = new MeasureSeries(fileName, Dialect.CIM, header, sink);
    }

    /** Reads the document, and says who sent it. */
    String parse() throws IOException {
        xml.toRoot();
        checkRoot();
        boolean inSeries = false;
        int level = xml.level();
        while (xml.nextIn(level)) {
            String name = xml.name();
            if (CimNames.SERIES.contains(name)) {
                if (!inSeries) {
                    header.check();
                    inSeries = true;
                }
                series();
            } else if (inSeries || !CimNames.HEADER.containsKey(name)) {
                throw header.unknown(name, xml.line());
            } else {
                header.set(CimNames.HEADER.getOrDefault(name, HeaderField.OTHER), text(name));
            }
        }
        xml.finish();
        header.check();
        if (!inSeries) {
            throw header.refused("it has no Series, so no values");
        }
        return header.get(HeaderField.SENDER);
    }

    private void checkRoot() {
        if (!xml.name().equals(CimNames.DOCUMENT)) {
            throw new UnreadableFileException(
                    "Cannot read %s: it is a %s, not a %s"
                            .formatted(fileName, Problem.abridged(xml.name(), LONGEST_NAME), CimNames.DOCUMENT),
                    "Meterlake reads validated measure data; leave other documents out.");
        }
        String namespace = xml.namespace();
        if (!namespace.equals(EDIEL) && !namespace.startsWith(IEC)) {
            throw new UnreadableFileException(
                    "Cannot read %s: its namespace is '%s'"
                            .formatted(fileName, Problem.abridged(namespace, LONGEST_NAME)),
                    "Meterlake reads version 0:1 of ediel.org (%s), and IEC 62325 (%s…): ask the sender for one of them."
                            .formatted(EDIEL, IEC));
        }
    }

    private void series() throws IOException {
        series.begin(xml.line());
        int level = xml.level();
        while (xml.nextIn(level)) {
            String name = xml.name();
            SeriesField field = CimNames.SERIES_FIELDS.get(name);
            if (name.equals("Period")) {
                period();
            } else if (field == null) {
                series.unknown(name, xml.line());
            } else {
                series.field(field, name, text(name));
            }
        }
        series.end();
    }

    /** A status is in an element of its own. */
    private String text(String name) throws IOException {
        return name.equals("docStatus") ? xml.deepText() : xml.text();
    }

    private void period() throws IOException {
        series.period();
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "resolution" -> series.periodField(SeriesField.RESOLUTION, "resolution", xml.text());
                case "timeInterval" -> interval();
                case "Point" -> point();
                default -> series.unknown(xml.name(), xml.line());
            }
        }
    }

    private void interval() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "start" -> series.periodField(SeriesField.START, "start", xml.text());
                case "end" -> series.periodField(SeriesField.END, "end", xml.text());
                default -> series.unknown(xml.name(), xml.line());
            }
        }
    }

    private void point() throws IOException {
        long line = xml.line();
        String position = "";
        String quantity = "";
        String quality = "";
        String unknown = "";
        int level = xml.level();
        while (xml.nextIn(level)) {
            switch (xml.name()) {
                case "position" -> {
                    unknown = position.isEmpty() ? unknown : "position";
                    position = xml.text();
                }
                case "quantity" -> {
                    unknown = quantity.isEmpty() ? unknown : "quantity";
                    quantity = xml.text();
                }
                case "quality" -> {
                    unknown = quality.isEmpty() ? unknown : "quality";
                    quality = xml.text();
                }
                default -> unknown = xml.name();
            }
        }
        series.point(new MeasurePoint(position, quantity, quality, false, unknown, line));
    }
}
