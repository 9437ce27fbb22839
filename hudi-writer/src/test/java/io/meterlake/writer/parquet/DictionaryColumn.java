package io.meterlake.writer.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** A column of texts of which many are equal: each text once, and its number in the rows. Rows are null at first. */
final class DictionaryColumn {
    private final int[] codes;
    private final List<byte[]> texts = new ArrayList<>();
    private final Map<Binary, Integer> codeOfText = new HashMap<>();
    private @Nullable Binary last;
    private int lastCode;

    DictionaryColumn(int rows) {
        this.codes = new int[rows];
    }

    void set(int row, Binary text) {
        if (!text.equals(last)) {
            Binary own = text.copy();
            Integer known = codeOfText.putIfAbsent(own, texts.size() + 1);
            if (known == null) {
                texts.add(own.getBytes());
                known = texts.size();
            }
            last = own;
            lastCode = known;
        }
        codes[row] = lastCode;
    }

    /** The number of the row's text, from 1; 0 is null. */
    int code(int row) {
        return codes[row];
    }

    byte @Nullable [] text(int row) {
        return codes[row] == 0 ? null : texts.get(codes[row] - 1);
    }
}
