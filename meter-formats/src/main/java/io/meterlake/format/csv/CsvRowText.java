package io.meterlake.format.csv;

import io.meterlake.format.csv.CsvSource.Constant;
import io.meterlake.format.text.FieldRecords;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A field of a row as text, whether it comes from a column or is a constant. */
final class CsvRowText {
    private final CsvHeader header;
    private final CsvMapping mapping;

    CsvRowText(CsvHeader header, CsvMapping mapping) {
        this.header = header;
        this.mapping = mapping;
    }

    /** Empty if neither a column nor a constant gives the field. */
    Optional<String> of(CsvField field, FieldRecords record) {
        int position = header.position(field);
        if (position != CsvHeader.NONE) {
            return Optional.of(record.text(position));
        }
        return mapping.fields().get(field) instanceof Constant constant
                ? Optional.of(constant.text())
                : Optional.empty();
    }

    /** Says so if a field is no UTF-8, so that two different ids cannot become one. */
    Optional<CsvProblem> notUtf8(CsvField field, FieldRecords record) {
        int position = header.position(field);
        if (position == CsvHeader.NONE) {
            return Optional.empty();
        }
        int from = record.start(position);
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record.buffer(), from, record.end(position) - from));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(new CsvProblem(
                    field, "'%s' is not UTF-8".formatted(record.text(position)), "Convert the file to UTF-8."));
        }
    }
}
