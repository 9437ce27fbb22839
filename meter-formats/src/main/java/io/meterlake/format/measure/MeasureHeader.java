package io.meterlake.format.measure;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.text.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a document says about itself. A document whose header is not what its schema demands is void. */
public final class MeasureHeader {
    private static final List<HeaderField> REQUIRED = List.of(
            HeaderField.ID,
            HeaderField.DOCUMENT_TYPE,
            HeaderField.PROCESS,
            HeaderField.SENDER,
            HeaderField.RECEIVER,
            HeaderField.CREATED);

    private final String fileName;
    private final Dialect dialect;
    private final Map<HeaderField, String> names;
    private final Map<HeaderField, String> fields = new EnumMap<>(HeaderField.class);

    /** @param names of the required fields, as the syntax calls them */
    public MeasureHeader(String fileName, Dialect dialect, Map<HeaderField, String> names) {
        this.fileName = fileName;
        this.dialect = dialect;
        this.names = Map.copyOf(names);
    }

    /** Takes a field. */
    public void set(HeaderField field, String value) {
        if (field != HeaderField.OTHER && fields.put(field, value) != null) {
            throw refused("its header has two fields %s".formatted(names.getOrDefault(field, field.name())));
        }
    }

    /** The document is not what its schema demands. */
    public UnreadableFileException refused(String why) {
        return new UnreadableFileException(
                "Cannot read %s: %s".formatted(fileName, why),
                "The document does not follow its schema: ask the sender to send it again.");
    }

    /** The header has a field that its schema does not have. */
    public UnreadableFileException unknown(String name, long line) {
        return refused("line %d has the element '%s', which the header of its schema does not have"
                .formatted(line, Problem.abridged(name)));
    }

    /** The header is over: checks that nothing is missing. */
    public void check() {
        for (HeaderField field : REQUIRED) {
            if (get(field).isEmpty()) {
                throw refused("its header has no %s".formatted(names.getOrDefault(field, field.name())));
            }
        }
        if (!dialect.isMeasureData(get(HeaderField.DOCUMENT_TYPE))) {
            throw refused("its document type is '%s', not E66 (validated metered data)"
                    .formatted(Problem.abridged(get(HeaderField.DOCUMENT_TYPE))));
        }
        if (MeasureTime.micros(get(HeaderField.CREATED)).isEmpty()) {
            throw refused("its time of creation '%s' is no time with an offset"
                    .formatted(Problem.abridged(get(HeaderField.CREATED))));
        }
    }

    /** A field's value, empty if it was not sent. */
    public String get(HeaderField field) {
        return fields.getOrDefault(field, "");
    }
}
