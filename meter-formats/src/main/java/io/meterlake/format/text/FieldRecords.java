package io.meterlake.format.text;

import io.meterlake.format.UnreadableFileException;
import java.io.IOException;

/**
 * A file as records of fields, which are slices of a buffer, whatever separates them. Slices are good until the next call
 * of {@link #next}. Not thread-safe.
 */
public interface FieldRecords {
    /**
     * Goes to the next record that has any content.
     *
     * @return whether there is one
     * @throws UnreadableFileException if the file is no text of this kind
     */
    boolean next() throws IOException;

    /** The line at which the record begins, counted from 1. */
    long line();

    /** Whether the record is not written as it has to be, so that it has no fields. */
    boolean damaged();

    /** What is wrong with a {@link #damaged} record. */
    String damage();

    /** How to mend a {@link #damaged} record. */
    String damageHint();

    /** The number of fields of the record. */
    int fields();

    /** What {@link #start} and {@link #end} point into. */
    byte[] buffer();

    /** Where a field begins in {@link #buffer}. */
    int start(int field);

    /** Where a field ends in {@link #buffer}, exclusively. */
    int end(int field);

    /** Whether a field has no content; a field that the record does not have has none. */
    boolean isEmpty(int field);

    /** A field as text; of a field that the record does not have, the empty text. Bytes that are no UTF-8 become �. */
    String text(int field);

    /** The decimal point of a number in a field, if texts have this one. */
    char decimalPoint(int field, char ofTexts);

    /** The record as it was sent, without its line end; cut after 4 KiB. */
    String rawText();
}
