package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ReadingColumns;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** How a column's numbers stand in a file. */
enum PlainNumbers {
    INT32 {
        @Override
        void put(long value, ByteSink out) {
            out.putInt((int) value);
        }

        @Override
        void update(Statistics<?> statistics, long value) {
            statistics.updateStats((int) value);
        }
    },
    INT64 {
        @Override
        void put(long value, ByteSink out) {
            out.putLong(value);
        }

        @Override
        void update(Statistics<?> statistics, long value) {
            statistics.updateStats(value);
        }
    },
    /** A decimal in eight bytes, the most significant first: as INT64, Spark's upsert multiplies it by a thousand. */
    DECIMAL {
        @Override
        void put(long value, ByteSink out) {
            out.putLongBigEndian(value);
        }

        @Override
        void update(Statistics<?> statistics, long value) {
            byte[] bytes = new byte[Long.BYTES];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (value >> (Long.SIZE - Byte.SIZE * (i + 1)));
            }
            statistics.updateStats(Binary.fromConstantByteArray(bytes));
        }
    };

    static PlainNumbers of(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> INT32;
            case INT64 -> INT64;
            case FIXED_LEN_BYTE_ARRAY -> DECIMAL;
            case BINARY, BOOLEAN, DOUBLE, FLOAT, INT96 ->
                throw new IllegalArgumentException("no numbers of ours are stored as in " + column);
        };
    }

    abstract void put(long value, ByteSink out);

    abstract void update(Statistics<?> statistics, long value);

    /** The least and the greatest of {@code values[from..to)}, of which so many are null. */
    Statistics<?> statistics(ColumnDescriptor column, long[] values, int from, int to, int nulls) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int row = from; row < to; row++) {
            long value = values[row];
            least = value == ReadingColumns.NULL ? least : Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        statistics.incrementNumNulls(nulls);
        if (nulls < to - from) {
            update(statistics, least);
            update(statistics, greatest);
        }
        return statistics;
    }
}
