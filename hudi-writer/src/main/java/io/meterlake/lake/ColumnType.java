package io.meterlake.lake;

/** The types that the lake's tables use, each with its name in the Hive Metastore. */
public enum ColumnType {
    STRING("string"),
    INT("int"),
    BIGINT("bigint"),
    /** A DECIMAL(18,6), on disk a big-endian integer of eight bytes, as Spark writes it. */
    DECIMAL_18_6("decimal(18,6)"),
    /** An instant in microseconds since 1970-01-01T00:00Z. */
    TIMESTAMP("timestamp"),
    DATE("date");

    private final String hiveName;

    ColumnType(String hiveName) {
        this.hiveName = hiveName;
    }

    public String hiveName() {
        return hiveName;
    }
}
