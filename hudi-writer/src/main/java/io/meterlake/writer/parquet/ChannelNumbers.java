package io.meterlake.writer.parquet;

import io.meterlake.writer.upsert.ChannelKey;
import io.meterlake.writer.upsert.CodedTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes channels of the columns meter_id and channel, numbered in the order in which they come. */
final class ChannelNumbers {
    private final int[] ofRows;
    private final List<ChannelKey> keys = new ArrayList<>();
    private final Map<Long, Integer> numbers = new HashMap<>();

    ChannelNumbers(CodedTexts meters, CodedTexts channels, int rows) {
        ofRows = new int[rows];
        long last = -1;
        int number = -1;
        for (int row = 0; row < rows; row++) {
            long codes = (long) meters.code(row) << Integer.SIZE | channels.code(row);
            if (codes != last) {
                number = numbers.computeIfAbsent(codes, absent -> keys.size());
                if (number == keys.size()) {
                    keys.add(new ChannelKey(meters.texts()[meters.code(row)], channels.texts()[channels.code(row)]));
                }
                last = codes;
            }
            ofRows[row] = number;
        }
    }

    int[] ofRows() {
        return ofRows;
    }

    List<ChannelKey> keys() {
        return keys;
    }
}
