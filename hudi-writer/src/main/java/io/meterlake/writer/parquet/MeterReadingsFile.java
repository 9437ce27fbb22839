package io.meterlake.writer.parquet;

import io.meterlake.lake.LakeTables;
import io.meterlake.writer.upsert.ReadingBlock;
import io.meterlake.writer.upsert.ReadingColumns.Numeric;
import io.meterlake.writer.upsert.ReadingColumns.Text;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.schema.MessageType;

/** What base files of meter_readings have in common: their schema, which columns are what, and the footer. */
final class MeterReadingsFile {
    private static final Schema AVRO = LakeTables.METER_READINGS.fileSchema();

    static final MessageType SCHEMA = new AvroSchemaConverter().convert(AVRO);

    static final String COMMIT_TIME = "_hoodie_commit_time";
    static final String SEQUENCE = "_hoodie_commit_seqno";
    static final String RECORD_KEY = "_hoodie_record_key";
    static final String PARTITION_PATH = "_hoodie_partition_path";
    static final String FILE_NAME = "_hoodie_file_name";
    static final String METER = "meter_id";
    static final String CHANNEL = "channel";
    static final String START = "interval_start";
    static final String START_MICROS = "interval_start_us";
    static final String TIME_ZONE = "time_zone";
    static final String DAY = "reading_date";

    static final Map<Numeric, String> NUMBERS = Map.copyOf(new EnumMap<>(Map.of(
            Numeric.START, START_MICROS,
            Numeric.MINUTES, "interval_minutes",
            Numeric.VALUE, "value",
            Numeric.RECORDED_AT, "recorded_at",
            Numeric.RECEIVED_AT, "received_at")));

    static final Map<Text, String> TEXTS = Map.copyOf(new EnumMap<>(Map.of(
            Text.UNIT, "unit",
            Text.QUALITY, "quality",
            Text.QUALITY_CODE, "quality_code",
            Text.TIME_ZONE, TIME_ZONE,
            Text.UTILITY, "utility",
            Text.SOURCE_FILE, "source_file",
            Text.FILE_CHECKSUM, "file_checksum",
            Text.COMMIT_TIME, COMMIT_TIME)));

    private static final Set<String> SAME_FOR_A_KEY =
            Set.of(RECORD_KEY, PARTITION_PATH, METER, CHANNEL, START, START_MICROS, DAY);

    private MeterReadingsFile() {}

    /**
     * Whether a column is the same in two blocks whose rows have the same keys, one by one; as far as the blocks share
     * their arrays where they do not differ.
     */
    @SuppressWarnings("ReferenceEquality") // Comparing what the columns hold would take as long as encoding it.
    static boolean isSame(String column, ReadingBlock one, ReadingBlock other) {
        if (SAME_FOR_A_KEY.contains(column)) {
            return true;
        }
        for (Map.Entry<Numeric, String> number : NUMBERS.entrySet()) {
            if (number.getValue().equals(column)) {
                return one.numbers(number.getKey()) == other.numbers(number.getKey());
            }
        }
        for (Map.Entry<Text, String> text : TEXTS.entrySet()) {
            if (text.getValue().equals(column)) {
                return one.texts(text.getKey()) == other.texts(text.getKey());
            }
        }
        return false;
    }

    /** What Hudi and readers of Avro look for in the footer. */
    static Map<String, String> footer(KeyRange keys) {
        return BaseFileOutput.footer(AVRO, keys);
    }
}
