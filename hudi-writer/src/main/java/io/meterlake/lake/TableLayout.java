package io.meterlake.lake;

/** How a table's rows find their file. */
public sealed interface TableLayout {
    /**
     * A day's rows are spread over a fixed number of files by the hash of a key column: Hudi's bucket index.
     *
     * @param hashColumn the key column that is hashed
     */
    record Bucketed(String hashColumn) implements TableLayout {}

    /** Each commit adds files of its own, and no file is ever written again: no two commits have a key in common. */
    record Appended() implements TableLayout {}

    /** Hudi looks the keys up in the files. Good for small tables. */
    record Looked() implements TableLayout {}
}
