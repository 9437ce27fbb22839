package io.meterlake.lake;

/** The types that the lake's tables use, each with its names in the Hive Metastore and in Trino's catalog of it. */
public enum ColumnType {
    STRING("string", "varchar"),
    INT("int", "integer"),
    BIGINT("bigint", "bigint"),
    /** A DECIMAL(18,6), on disk a big-endian integer of eight bytes, as Spark writes it. */
    DECIMAL_18_6("decimal(18,6)", "decimal(18,6)"),
    /** An instant in microseconds since 1970-01-01T00:00Z. */
    TIMESTAMP("timestamp", "timestamp(6)"),
    DATE("date", "date");

    private final String hiveName;
    private final String trinoName;

    ColumnType(String hiveName, String trinoName) {
        this.hiveName = hiveName;
        this.trinoName = trinoName;
    }

    public String hiveName() {
        return hiveName;
    }

    String trinoName() {
        return trinoName;
    }
}
