package io.meterlake.format.csv;

import io.meterlake.error.DidYouMean;
import io.meterlake.format.text.FieldRecords;
import io.meterlake.format.text.FieldTable;
import io.meterlake.reading.Grade;
import io.meterlake.reading.Quality;
import io.meterlake.reading.ReadingSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The grades of a file's rows, found by the bytes of quality and code. */
final class CsvGrades {
    private static final int ABSENT = -1;

    private final FieldTable table;
    private final CsvRowText text;
    private final Map<String, Quality> codes;
    private final ReadingSink sink;
    private final List<Integer> handles = new ArrayList<>();

    CsvGrades(CsvHeader header, CsvMapping mapping, ReadingSink sink) {
        this.table = new FieldTable(header.positions(CsvField.QUALITY, CsvField.QUALITY_CODE));
        this.text = new CsvRowText(header, mapping);
        this.codes = mapping.qualityCodes();
        this.sink = sink;
    }

    /** The sink's handle of the row's grade, or less than 0 if it was not added yet. */
    int find(FieldRecords record) {
        int number = table.find(record);
        return number < 0 ? ABSENT : handles.get(number);
    }

    /** Adds the row's grade, or says what is wrong with it. */
    Optional<CsvProblem> add(FieldRecords record) {
        String sent = text.of(CsvField.QUALITY, record).orElse("");
        Optional<Quality> quality = codes.isEmpty() ? Quality.of(sent) : Optional.ofNullable(codes.get(sent));
        if (quality.isEmpty()) {
            List<String> known = codes.isEmpty()
                    ? Quality.labels()
                    : codes.keySet().stream().sorted().toList();
            return Optional.of(new CsvProblem(
                    CsvField.QUALITY,
                    "quality '%s' is none of %s%s"
                            .formatted(sent, String.join(", ", known), DidYouMean.question(sent, known)),
                    "Ask the sender what the code means, and add it to the quality_codes of the mapping."));
        }
        Optional<CsvProblem> notUtf8 = text.notUtf8(CsvField.QUALITY_CODE, record);
        if (notUtf8.isPresent()) {
            return notUtf8;
        }
        String code = text.of(CsvField.QUALITY_CODE, record).orElse(codes.isEmpty() ? "" : sent);
        int handle = sink.grade(new Grade(quality.get(), code));
        table.add(record);
        handles.add(handle);
        return Optional.empty();
    }
}
