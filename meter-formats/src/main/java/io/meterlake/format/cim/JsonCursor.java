package io.meterlake.format.cim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.meterlake.format.UnreadableFileException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Walks through a JSON document, forwards only, with limits on depth and on the length of texts and numbers. Methods
 * throw {@link UnreadableFileException} if the document is not well-formed or breaks a limit. Not thread-safe.
 */
final class JsonCursor {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_NUMBER = 200;

    /** Names are not kept, as a hostile document may have millions of them. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NUMBER)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final String fileName;
    private final JsonParser parser;

    /** @param in is read to its end, and not closed */
    JsonCursor(InputStream in, String fileName) throws IOException {
        this.fileName = fileName;
        this.parser = FACTORY.createParser(in);
    }

    /** The next token, or {@code NOT_AVAILABLE} at the end of the document. */
    JsonToken next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            return token == null ? JsonToken.NOT_AVAILABLE : token;
        } catch (JsonProcessingException | CharConversionException e) {
            throw unreadable(e);
        }
    }

    /** Goes to the next field of an object, and its value; false at the object's end. */
    boolean nextField() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.FIELD_NAME) {
            next();
            return true;
        }
        return false;
    }

    /** The current field's name. */
    String name() throws IOException {
        String name = parser.currentName();
        return name == null ? "" : name;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Passes over the current value, whatever it is. */
    void skip() throws IOException {
        try {
            parser.skipChildren();
        } catch (JsonProcessingException | CharConversionException e) {
            throw unreadable(e);
        }
    }

    /**
     * The current value as text: a text, a number as it is written, or the same in an object's field {@code value},
     * beside which there may be a {@code codingScheme}; another field leaves a brace, which no value has.
     */
    String text() throws IOException {
        if (isObject()) {
            String found = "";
            while (nextField()) {
                if (name().equals("value") && found.isEmpty()) {
                    found = text();
                } else {
                    found += name().equals("codingScheme") ? "" : "{" + name();
                    skip();
                }
            }
            return found;
        }
        if (isArray()) {
            skip();
            return "";
        }
        try {
            return parser.currentToken() == JsonToken.VALUE_NULL
                    ? ""
                    : parser.getText().strip();
        } catch (JsonProcessingException | CharConversionException e) {
            throw unreadable(e);
        }
    }

    /** The line of the current token, counted from 1. */
    long line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private UnreadableFileException unreadable(IOException e) {
        return new UnreadableFileException(
                "Cannot read %s: it is no well-formed JSON near line %d, or a text in it is longer than %d characters"
                        .formatted(
                                fileName, Math.max(1, parser.currentLocation().getLineNr()), LONGEST_TEXT),
                "The file is cut off or damaged: ask the sender to send it again.",
                e);
    }
}
