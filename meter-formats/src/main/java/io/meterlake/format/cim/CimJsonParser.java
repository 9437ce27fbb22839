package io.meterlake.format.cim;

import com.fasterxml.jackson.core.JsonToken;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.measure.Dialect;
import io.meterlake.format.measure.HeaderField;
import io.meterlake.format.measure.MeasureHeader;
import io.meterlake.format.measure.MeasurePoint;
import io.meterlake.format.measure.MeasureSeries;
import io.meterlake.format.measure.SeriesField;
import io.meterlake.format.text.Problem;
import io.meterlake.reading.ReadingSink;
import java.io.IOException;

/** Goes through one document of CIM as JSON, first for its header, then for its series. */
final class CimJsonParser {
    private interface Item {
        void read() throws IOException;
    }

    private static final int LONGEST_NAME = 100;

    private final String fileName;
    private final MeasureHeader header;
    private final MeasureSeries series;
    private boolean hasSeries;

    CimJsonParser(String fileName, ReadingSink sink) {
        this.fileName = fileName;
        this.header = new MeasureHeader(fileName, Dialect.CIM, CimNames.HEADER_NAMES);
        this.series = new MeasureSeries(fileName, Dialect.CIM, header, sink);
    }

    void readHeader(JsonCursor json) throws IOException {
        enterDocument(json);
        while (json.nextField()) {
            String name = json.name();
            if (CimNames.SERIES.contains(name)) {
                hasSeries = true;
                json.skip();
            } else if (CimNames.HEADER.containsKey(name)) {
                header.set(CimNames.HEADER.getOrDefault(name, HeaderField.OTHER), json.text());
            } else {
                throw header.unknown(name, json.line());
            }
        }
        if (json.next() != JsonToken.END_OBJECT || json.next() != JsonToken.NOT_AVAILABLE) {
            throw header.refused("there is something behind the document");
        }
        header.check();
        if (!hasSeries) {
            throw header.refused("it has no Series, so no values");
        }
    }

    private void enterDocument(JsonCursor json) throws IOException {
        boolean isObject = json.next() == JsonToken.START_OBJECT && json.nextField() && json.isObject();
        if (!isObject || !json.name().equals(CimNames.DOCUMENT)) {
            throw new UnreadableFileException(
                    "Cannot read %s: it is no object with a %s%s"
                            .formatted(
                                    fileName,
                                    CimNames.DOCUMENT,
                                    isObject ? ", but with a " + Problem.abridged(json.name(), LONGEST_NAME) : ""),
                    "Meterlake reads validated measure data; leave other documents out.");
        }
    }

    /** Reads the series, and says who sent them. */
    String readSeries(JsonCursor json) throws IOException {
        enterDocument(json);
        while (json.nextField()) {
            if (CimNames.SERIES.contains(json.name())) {
                each(json, () -> series(json));
            } else {
                json.skip();
            }
        }
        return header.get(HeaderField.SENDER);
    }

    /** The items of an array, or the one that stands in its place. */
    private static void each(JsonCursor json, Item item) throws IOException {
        if (!json.isArray()) {
            item.read();
            return;
        }
        while (json.next() != JsonToken.END_ARRAY) {
            item.read();
        }
    }

    private void series(JsonCursor json) throws IOException {
        series.begin(json.line());
        if (!json.isObject()) {
            series.unknown(json.text(), json.line());
            series.end();
            return;
        }
        while (json.nextField()) {
            String name = json.name();
            SeriesField field = CimNames.SERIES_FIELDS.get(name);
            if (name.equals("Period")) {
                each(json, () -> period(json));
            } else if (field == null) {
                series.unknown(name, json.line());
                json.skip();
            } else {
                series.field(field, name, json.text());
            }
        }
        series.end();
    }

    private void period(JsonCursor json) throws IOException {
        series.period();
        if (!json.isObject()) {
            series.unknown("Period", json.line());
            json.skip();
            return;
        }
        while (json.nextField()) {
            switch (json.name()) {
                case "resolution" -> series.periodField(SeriesField.RESOLUTION, "resolution", json.text());
                case "timeInterval" -> interval(json);
                case "Point" -> each(json, () -> point(json));
                default -> {
                    series.unknown(json.name(), json.line());
                    json.skip();
                }
            }
        }
    }

    private void interval(JsonCursor json) throws IOException {
        if (!json.isObject()) {
            series.unknown("timeInterval", json.line());
            json.skip();
            return;
        }
        while (json.nextField()) {
            switch (json.name()) {
                case "start" -> series.periodField(SeriesField.START, "start", json.text());
                case "end" -> series.periodField(SeriesField.END, "end", json.text());
                default -> {
                    series.unknown(json.name(), json.line());
                    json.skip();
                }
            }
        }
    }

    private void point(JsonCursor json) throws IOException {
        long line = json.line();
        String position = "";
        String quantity = "";
        String quality = "";
        String unknown = "";
        if (!json.isObject()) {
            json.skip();
            series.point(new MeasurePoint("", "", "", false, "a value that is no object", line));
            return;
        }
        while (json.nextField()) {
            switch (json.name()) {
                case "position" -> {
                    unknown = position.isEmpty() ? unknown : "position";
                    position = json.text();
                }
                case "quantity" -> {
                    unknown = quantity.isEmpty() ? unknown : "quantity";
                    quantity = json.text();
                }
                case "quality" -> {
                    unknown = quality.isEmpty() ? unknown : "quality";
                    quality = json.text();
                }
                default -> {
                    unknown = json.name();
                    json.skip();
                }
            }
        }
        series.point(new MeasurePoint(position, quantity, quality, false, unknown, line));
    }
}
