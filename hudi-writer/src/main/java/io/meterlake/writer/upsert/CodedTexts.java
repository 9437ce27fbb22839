package io.meterlake.writer.upsert;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts of which many are equal: each text once, and its number in the rows; or one text for all rows.
 * Number 0 is null. The arrays are shared and not to be changed; then immutable and thread-safe.
 */
public final class CodedTexts {
    private static final byte[] NONE = {};

    private final byte[][] texts;
    private final int @Nullable [] codes;
    private final int constant;

    private CodedTexts(byte[][] texts, int @Nullable [] codes, int constant) {
        this.texts = texts;
        this.codes = codes;
        this.constant = constant;
    }

    /** The same text, or null, in all rows. */
    public static CodedTexts constant(byte @Nullable [] text) {
        return text == null
                ? new CodedTexts(new byte[][] {NONE}, null, 0)
                : new CodedTexts(new byte[][] {NONE, text}, null, 1);
    }

    /**
     * Texts by their numbers.
     *
     * @param texts each text once; the first one is not looked at, as 0 is null
     * @param codes for each row an index into the texts
     */
    public static CodedTexts of(byte[][] texts, int[] codes) {
        return new CodedTexts(texts, codes, 0);
    }

    /** Whether all rows have the text of row 0. */
    public boolean isConstant() {
        return codes == null;
    }

    /** The number of the row's text; 0 is null. */
    public int code(int row) {
        return codes == null ? constant : codes[row];
    }

    /** The numbers of all rows; only if they are not {@linkplain #isConstant() constant}. */
    public int[] codes() {
        return requireNonNull(codes, "constant");
    }

    /** The numbers of so many rows, in an array of the caller's own. */
    int[] codes(int rows) {
        if (codes != null) {
            return codes.clone();
        }
        int[] same = new int[rows];
        Arrays.fill(same, constant);
        return same;
    }

    /** Whether another column, which is constant, too, has the same text in all rows; of columns that have rows. */
    boolean hasAll(CodedTexts other) {
        return isConstant() && other.isConstant() && Arrays.equals(text(0), other.text(0));
    }

    /** The texts by their numbers; the one at 0 stands for null. Some may be in no row. */
    public byte[][] texts() {
        return texts;
    }

    public byte @Nullable [] text(int row) {
        int code = code(row);
        return code == 0 ? null : texts[code];
    }

    /**
     * The same rows, without the texts that are in none of them: where rows were replaced or went to another file, the texts
     * of those that are gone would be in the file's dictionary for ever.
     */
    public CodedTexts withoutUnused() {
        if (codes == null) {
            return this;
        }
        int[] changed = new int[texts.length];
        for (int code : codes) {
            changed[code] = 1;
        }
        int used = 1;
        for (int code = 1; code < texts.length; code++) {
            changed[code] = changed[code] == 0 ? 0 : used++;
        }
        if (used == texts.length) {
            return this;
        }
        if (used == 1) {
            return constant(null);
        }
        byte[][] left = new byte[used][];
        left[0] = texts[0];
        for (int code = 1; code < texts.length; code++) {
            if (changed[code] > 0) {
                left[changed[code]] = texts[code];
            }
        }
        // The number of null was marked as used, too.
        changed[0] = 0;
        return of(left, Arrays.stream(codes).map(code -> changed[code]).toArray());
    }
}
