package io.meterlake.format.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.csv.CsvSource.Column;
import io.meterlake.format.text.DelimitedReader;
import io.meterlake.format.text.JsonLinesReader;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CSV (RFC 4180, UTF-8) with a header line and one reading a row. With a {@link CsvMapping}, any columns, of which
 * those that the mapping does not name are ignored; or JSON lines, whose keys the mapping names as it does columns, which
 * is told by the first character. Without one, exactly the columns that {@code inspect} prints, in any order, with times
 * in UTC ({@code 2026-03-29T01:30:00Z}; another offset will do); one more column, {@code time_zone}, may name the market's
 * zone, which is otherwise {@linkplain Series#zoneIsAssumed assumed} to be UTC. A further column is refused, as it may be
 * a misspelt one.
 *
 * <p>Thread-safe.
 */
public final class CsvFormat implements MeterFormat {
    private final CsvMapping mapping;
    private final boolean canonical;

    /** The format of {@code inspect}'s output. */
    public CsvFormat() {
        this.mapping = CsvMapping.canonical();
        this.canonical = true;
    }

    private CsvFormat(CsvMapping mapping) {
        this.mapping = requireNonNull(mapping, "mapping is null");
        this.canonical = false;
    }

    /** The format of a utility's CSV files. */
    public static CsvFormat mapped(CsvMapping mapping) {
        return new CsvFormat(mapping);
    }

    /** {@code csv}, or with a mapping {@code csv:} and the utility. */
    @Override
    public String name() {
        return canonical ? "csv" : "csv:" + mapping.utility();
    }

    /** Recognises a file that has most of the columns, so that one that lacks some is refused by their names. */
    @Override
    public boolean recognises(byte[] head) {
        List<String> wanted = mapping.columns();
        try {
            long found = isJsonLines(new ByteArrayInputStream(head)) ? keysFound(head) : columnsFound(head);
            return found > 0 && 3 * found >= 2L * wanted.size();
        } catch (UnreadableFileException | IOException noText) {
            return false;
        }
    }

    private long columnsFound(byte[] head) throws IOException {
        DelimitedReader record = new DelimitedReader(new ByteArrayInputStream(head), "", mapping.delimiter());
        if (!record.next() || record.damaged()) {
            return 0;
        }
        List<String> present = CsvHeader.names(record);
        return mapping.columns().stream().filter(present::contains).count();
    }

    private long keysFound(byte[] head) throws IOException {
        JsonLinesReader record = jsonLines(new ByteArrayInputStream(head), "");
        return record.next() ? record.given() : 0;
    }

    /** Whether a file is one of JSON lines, which can be told by its first character. */
    private boolean isJsonLines(InputStream in) throws IOException {
        byte[] beginning = in.readNBytes(64);
        String text = new String(beginning, ISO_8859_1);
        return !canonical && text.matches("(?s)(?:\u00EF\u00BB\u00BF)?\\s*\\{.*");
    }

    private JsonLinesReader jsonLines(InputStream in, String fileName) {
        Set<String> optional = new HashSet<>();
        for (CsvField field : List.of(CsvField.QUALITY_CODE, CsvField.RECORDED_AT)) {
            if (mapping.fields().get(field) instanceof Column column) {
                optional.add(column.name());
            }
        }
        return new JsonLinesReader(in, fileName, mapping.columns(), optional);
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        boolean json;
        try (InputStream in = file.open()) {
            json = isJsonLines(in);
        }
        try (InputStream in = file.open()) {
            if (json) {
                CsvHeader header = CsvHeader.of(mapping.columns(), mapping);
                new CsvParser(jsonLines(in, file.name()), header, mapping, canonical, sink).parse();
            } else {
                DelimitedReader record = new DelimitedReader(in, file.name(), mapping.delimiter());
                CsvHeader header = CsvHeader.read(record, file.name(), mapping, canonical);
                new CsvParser(record, header, mapping, canonical, sink).parse();
            }
            return new FileHeader(mapping.utility());
        }
    }
}
