package io.meterlake.format.measure;

/** What a document says about itself, whatever the syntax calls it. */
public enum HeaderField {
    ID,
    /** What kind of document it is: E66 for validated metered data. */
    DOCUMENT_TYPE,
    /** The business process or reason. */
    PROCESS,
    SENDER,
    RECEIVER,
    CREATED,
    /** Whether the document takes an earlier one back. */
    STATUS,
    /** A field that says nothing about the values. */
    OTHER
}
