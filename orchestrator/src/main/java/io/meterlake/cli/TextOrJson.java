package io.meterlake.cli;

/** How a command prints that has lines for a person or one document for a program. */
enum TextOrJson {
    TEXT,
    JSON
}
