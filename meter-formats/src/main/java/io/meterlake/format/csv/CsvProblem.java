package io.meterlake.format.csv;

/** What is wrong with a row; the row itself adds the line and the text. */
record CsvProblem(String field, String reason, String hint) {
    CsvProblem(CsvField field, String reason, String hint) {
        this(field.label(), reason, hint);
    }
}
