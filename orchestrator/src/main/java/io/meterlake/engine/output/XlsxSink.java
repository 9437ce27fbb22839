package io.meterlake.engine.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterlake.engine.Column;
import io.meterlake.engine.RowSink;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as a workbook (Office Open XML, ECMA-376 part 1): a header row that stays in sight, numbers as numbers
 * in full, dates as dates, all else as text, so that nothing in it can run as a formula. What does not fit on one sheet
 * (1,048,576 rows) goes on with the next.
 *
 * <p>The same result gives the same bytes on every machine and with every Java: parts are stored, not compressed, since
 * versions of zlib compress differently, and carry no time and no name of a program. The file is there when the sink is
 * {@linkplain #close closed}; until then sheets are in files beside it. Not thread-safe.
 */
public final class XlsxSink implements RowSink, Closeable {
    private static final int ROWS_A_SHEET = 1_048_576;
    /** A spreadsheet takes no more in a cell; the whole text is in the CSV. */
    private static final int LONGEST_TEXT = 32_767;

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    /** Day 0 of a workbook. Before March 1900 spreadsheets count a day that never was. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private static final LocalDate FIRST_DATE = LocalDate.of(1900, 3, 1);
    private static final int HEADER_STYLE = 1;
    private static final int DATE_STYLE = 2;

    private final Path target;
    private final String name;
    private final int rowsASheet;
    private final List<Sheet> sheets = new ArrayList<>();
    private List<Column> columns = List.of();

    /** @param name of the sheet: up to 31 characters without {@code [ ] : * ? / \} */
    public XlsxSink(Path target, String name) {
        this(target, name, ROWS_A_SHEET);
    }

    XlsxSink(Path target, String name, int rowsASheet) {
        this.target = requireNonNull(target, "target is null");
        this.name = XlsxXml.sheetName(name);
        this.rowsASheet = rowsASheet;
    }

    @Override
    public void columns(List<Column> columns) {
        this.columns = columns;
        nextSheet();
    }

    @Override
    public void row(List<@Nullable Object> values) {
        if (sheets.getLast().rows == rowsASheet) {
            nextSheet();
        }
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value != null) {
                cell(cells, i, sheets.getLast().rows + 1, value);
            }
        }
        sheets.getLast().row(cells);
    }

    private void nextSheet() {
        try {
            if (!sheets.isEmpty()) {
                sheets.getLast().end();
            }
            sheets.add(new Sheet(target.resolveSibling(target.getFileName() + ".sheet" + (sheets.size() + 1))));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the workbook " + target, e);
        }
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text(header, i, 1, columns.get(i).name(), HEADER_STYLE);
        }
        sheets.getLast().row(header);
    }

    private static void cell(StringBuilder cells, int column, int row, Object value) {
        switch (value) {
            case Long number -> number(cells, column, row, number.toString(), 0);
            case BigDecimal number -> number(cells, column, row, number.toPlainString(), 0);
            case LocalDate date
            when !date.isBefore(FIRST_DATE) ->
                number(cells, column, row, Long.toString(ChronoUnit.DAYS.between(DAY_ZERO, date)), DATE_STYLE);
            default -> text(cells, column, row, CellText.of(value), 0);
        }
    }

    private static void number(StringBuilder cells, int column, int row, String value, int style) {
        cells.append("<c r=\"").append(XlsxXml.columnName(column)).append(row).append('"');
        if (style != 0) {
            cells.append(" s=\"").append(style).append('"');
        }
        cells.append("><v>").append(value).append("</v></c>");
    }

    private static void text(StringBuilder cells, int column, int row, String value, int style) {
        String fitting = value.length() > LONGEST_TEXT ? value.substring(0, LONGEST_TEXT - 1) + "…" : value;
        cells.append("<c r=\"").append(XlsxXml.columnName(column)).append(row).append("\" t=\"inlineStr\"");
        if (style != 0) {
            cells.append(" s=\"").append(style).append('"');
        }
        cells.append("><is><t xml:space=\"preserve\">");
        XlsxXml.escape(cells, fitting);
        cells.append("</t></is></c>");
    }

    /** Puts the workbook together. */
    @Override
    public void close() throws IOException {
        try {
            if (!sheets.isEmpty()) {
                sheets.getLast().end();
                assemble();
            }
        } finally {
            for (Sheet sheet : sheets) {
                sheet.discard();
            }
        }
    }

    private void assemble() throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            part(zip, "[Content_Types].xml", XlsxXml.contentTypes(sheets.size()));
            part(zip, "_rels/.rels", XlsxXml.PACKAGE_RELATIONS);
            part(zip, "xl/workbook.xml", XlsxXml.workbook(name, sheets.size()));
            part(zip, "xl/_rels/workbook.xml.rels", XlsxXml.workbookRelations(sheets.size()));
            part(zip, "xl/styles.xml", XlsxXml.STYLES);
            for (int i = 0; i < sheets.size(); i++) {
                Sheet sheet = sheets.get(i);
                entry(zip, "xl/worksheets/sheet" + (i + 1) + ".xml", Files.size(sheet.file), sheet.checksum.getValue());
                Files.copy(sheet.file, zip);
                zip.closeEntry();
            }
        }
    }

    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        byte[] bytes = xml.getBytes(UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        entry(zip, name, bytes.length, checksum.getValue());
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void entry(ZipOutputStream zip, String name, long size, long checksum) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(checksum);
        zip.putNextEntry(entry);
    }

    /** A sheet in the making. */
    private static final class Sheet {
        private final Path file;
        private final CRC32 checksum = new CRC32();
        private final Writer out;
        private int rows;

        Sheet(Path file) throws IOException {
            this.file = file;
            OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            this.out = new OutputStreamWriter(new CheckedOutputStream(bytes, checksum), UTF_8);
            out.write(XlsxXml.SHEET_START);
        }

        void row(StringBuilder cells) {
            rows++;
            try {
                out.append("<row r=\"").append(Integer.toString(rows)).append("\">");
                out.append(cells).append("</row>");
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
        }

        void end() throws IOException {
            out.write(XlsxXml.SHEET_END);
            out.close();
        }

        void discard() throws IOException {
            out.close();
            Files.deleteIfExists(file);
        }
    }
}
