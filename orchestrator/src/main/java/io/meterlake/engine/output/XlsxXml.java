package io.meterlake.engine.output;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The fixed parts of a workbook, and text as XML. */
final class XlsxXml {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final int LONGEST_SHEET_NAME = 31;
    private static final int LETTERS = 26;

    static final String PACKAGE_RELATIONS = HEAD + "<Relationships xmlns=\"" + PACKAGE + "relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"" + RELATIONS + "/officeDocument\" Target=\"xl/workbook.xml\"/>"
            + "</Relationships>";

    /** Cell formats: 0 plain, 1 bold, 2 a date as the reader's country writes it. */
    static final String STYLES = HEAD + "<styleSheet xmlns=\"" + MAIN + "\">"
            + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
            + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
            + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
            + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
            + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
            + "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
            + "</cellXfs></styleSheet>";

    static final String SHEET_START =
            HEAD + "<worksheet xmlns=\"" + MAIN + "\"><sheetViews><sheetView workbookViewId=\"0\">"
                    + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
                    + "<sheetFormatPr defaultColWidth=\"18\" defaultRowHeight=\"15\"/><sheetData>";

    static final String SHEET_END = "</sheetData></worksheet>";

    private XlsxXml() {}

    static String contentTypes(int sheets) {
        return HEAD + "<Types xmlns=\"" + PACKAGE + "content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + TYPES + "sheet.main+xml\"/>"
                + "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + TYPES + "styles+xml\"/>"
                + each(
                        sheets,
                        number -> "<Override PartName=\"/xl/worksheets/sheet" + number + ".xml\" ContentType=\"" + TYPES
                                + "worksheet+xml\"/>")
                + "</Types>";
    }

    static String workbook(String name, int sheets) {
        return HEAD + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONS + "\"><sheets>"
                + each(
                        sheets,
                        number -> "<sheet name=\"" + escaped(numbered(name, number)) + "\" sheetId=\"" + number
                                + "\" r:id=\"rId" + number + "\"/>")
                + "</sheets></workbook>";
    }

    static String workbookRelations(int sheets) {
        return HEAD + "<Relationships xmlns=\"" + PACKAGE + "relationships\">"
                + each(
                        sheets,
                        number -> "<Relationship Id=\"rId" + number + "\" Type=\"" + RELATIONS
                                + "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>")
                + "<Relationship Id=\"rId" + (sheets + 1) + "\" Type=\"" + RELATIONS
                + "/styles\" Target=\"styles.xml\"/></Relationships>";
    }

    private interface Part {
        String of(int number);
    }

    private static String each(int sheets, Part part) {
        return IntStream.rangeClosed(1, sheets).mapToObj(part::of).collect(Collectors.joining());
    }

    private static String numbered(String name, int number) {
        String suffix = number == 1 ? "" : " " + number;
        return name.substring(0, Math.min(name.length(), LONGEST_SHEET_NAME - suffix.length())) + suffix;
    }

    /** A name that a spreadsheet takes. */
    static String sheetName(String name) {
        String plain = name.replaceAll("[\\[\\]:*?/\\\\']", "_");
        return plain.isBlank() ? "report" : plain.substring(0, Math.min(plain.length(), LONGEST_SHEET_NAME));
    }

    /** {@code A} for 0, {@code Z} for 25, {@code AA} for 26. */
    static String columnName(int index) {
        String name = "";
        for (int rest = index; rest >= 0; rest = rest / LETTERS - 1) {
            name = (char) ('A' + rest % LETTERS) + name;
        }
        return name;
    }

    private static String escaped(String text) {
        StringBuilder xml = new StringBuilder();
        escape(xml, text);
        return xml.toString();
    }

    /** Writes text as XML. What XML cannot hold is written {@code _x0007_} (ECMA-376, ST_Xstring), and so is {@code _x}. */
    static void escape(StringBuilder xml, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                case '_' -> xml.append(text.startsWith("_x", i) ? "_x005F_" : "_");
                default -> {
                    if (isPair(text, i)) {
                        xml.append(c).append(text.charAt(++i));
                    } else if ((c < ' ' && c != '\t' && c != '\n') || Character.isSurrogate(c) || c >= '\uFFFE') {
                        xml.append(String.format(Locale.ROOT, "_x%04X_", (int) c));
                    } else {
                        xml.append(c);
                    }
                }
            }
        }
    }

    private static boolean isPair(String text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }
}
