package io.meterlake.format.csv;

import static java.util.Objects.requireNonNull;

import io.meterlake.format.FileHeader;
import io.meterlake.format.MeterFile;
import io.meterlake.format.MeterFormat;
import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.text.DelimitedReader;
import io.meterlake.reading.ReadingSink;
import io.meterlake.reading.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * CSV (RFC 4180, UTF-8) with a header line and one reading a row. With a {@link CsvMapping}, any columns, of which
 * those that the mapping does not name are ignored. Without one, exactly the columns that {@code inspect} prints, in
 * any order, with times in UTC ({@code 2026-03-29T01:30:00Z}; another offset will do); one more column,
 * {@code time_zone}, may name the market's zone, which is otherwise {@linkplain Series#zoneIsAssumed assumed} to be UTC. A further column is refused, as it may be a misspelt one.
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
        try {
            DelimitedReader record = new DelimitedReader(new ByteArrayInputStream(head), "", mapping.delimiter());
            if (!record.next() || record.damaged()) {
                return false;
            }
            List<String> present = CsvHeader.names(record);
            List<String> wanted = mapping.columns();
            long found = wanted.stream().filter(present::contains).count();
            return found > 0 && 3 * found >= 2L * wanted.size();
        } catch (UnreadableFileException | IOException noText) {
            return false;
        }
    }

    @Override
    public FileHeader read(MeterFile file, ReadingSink sink) throws IOException {
        try (InputStream in = file.open()) {
            DelimitedReader record = new DelimitedReader(in, file.name(), mapping.delimiter());
            CsvHeader header = CsvHeader.read(record, file.name(), mapping, canonical);
            new CsvParser(record, header, mapping, canonical, sink).parse();
            return new FileHeader(mapping.utility());
        }
    }
}
