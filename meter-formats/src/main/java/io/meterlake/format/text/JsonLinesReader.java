package io.meterlake.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meterlake.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * JSON lines (RFC 8259, one object a line, UTF-8) as records of the fields of certain keys: texts without their quotes,
 * numbers and words as they are written, {@code null} without content, objects and arrays as their JSON. Other keys do
 * not matter. An object that is no JSON, gives a key twice or lacks one that it has to have is {@link #damaged}, and
 * reading goes on with the next line. Slices are good until the next call of {@link #next}. Not thread-safe.
 */
public final class JsonLinesReader implements FieldRecords {
    /** A line that is longer than this is none. */
    static final int MAX_LINE = 4 * 1024 * 1024;

    private final InputStream in;
    private final String fileName;
    private final byte[][] keys;
    private final List<String> keyTexts;
    private final boolean[] needed;

    private byte[] buffer = new byte[512 * 1024];
    private int limit;
    private boolean exhausted;
    private int lineStart;
    private int lineEnd;
    private int nextStart;
    private long line;
    private byte[] rawBeforeUnescaping = {};

    private final int[] starts;
    private final int[] ends;
    private final boolean[] isNumber;
    private final boolean[] isGiven;
    private String damage = "";
    private final JsonLine object;

    /**
     * Begins before the first line.
     *
     * @param fileName for messages
     * @param keys of the fields, in the order of the fields
     * @param optional those of the keys that an object may lack, which is as if they were null
     */
    public JsonLinesReader(InputStream in, String fileName, List<String> keys, Set<String> optional) {
        this.in = in;
        this.fileName = fileName;
        this.keyTexts = List.copyOf(keys);
        this.keys = keys.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
        this.needed = new boolean[keys.size()];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = !optional.contains(keys.get(i));
        }
        this.starts = new int[needed.length];
        this.ends = new int[needed.length];
        this.isNumber = new boolean[needed.length];
        this.isGiven = new boolean[needed.length];
        this.object = new JsonLine(this);
    }

    @Override
    public boolean next() throws IOException {
        do {
            if (!nextLine()) {
                return false;
            }
        } while (isBlank());
        rawBeforeUnescaping = new byte[0];
        Arrays.fill(starts, 0);
        Arrays.fill(ends, 0);
        Arrays.fill(isNumber, false);
        Arrays.fill(isGiven, false);
        damage = object.read();
        for (int i = 0; damage.isEmpty() && i < needed.length; i++) {
            if (needed[i] && !isGiven[i]) {
                damage = "the object has no '%s'".formatted(keyTexts.get(i));
            }
        }
        return true;
    }

    private boolean nextLine() throws IOException {
        lineStart = nextStart;
        int at = lineStart;
        while (true) {
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            if (at < limit || exhausted) {
                break;
            }
            int scanned = at - lineStart;
            readMore();
            at = lineStart + scanned;
        }
        if (lineStart == limit) {
            return false;
        }
        boolean first = line == 0;
        line++;
        lineEnd = at;
        nextStart = Math.min(at + 1, limit);
        if (first
                && lineEnd - lineStart >= 3
                && buffer[lineStart] == (byte) 0xEF
                && buffer[lineStart + 1] == (byte) 0xBB) {
            lineStart += 3;
        }
        return true;
    }

    private void readMore() throws IOException {
        int begun = limit - lineStart;
        if (begun > MAX_LINE) {
            throw new UnreadableFileException(
                    "Cannot read %s: line %d is longer than %d bytes".formatted(fileName, line + 1, MAX_LINE),
                    "JSON lines have one object a line; if the file does, ask the sender for it again.");
        }
        if (limit == buffer.length) {
            byte[] target = begun > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
            System.arraycopy(buffer, lineStart, target, 0, begun);
            buffer = target;
            lineStart = 0;
            limit = begun;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            exhausted = true;
        } else {
            limit += count;
        }
    }

    private boolean isBlank() {
        for (int at = lineStart; at < lineEnd; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\r' && buffer[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    int lineStart() {
        return lineStart;
    }

    int lineEnd() {
        return lineEnd;
    }

    /** Before the line's bytes are changed: keeps them for {@link #rawText}. */
    void keepRaw() {
        if (rawBeforeUnescaping.length == 0) {
            rawBeforeUnescaping = Arrays.copyOfRange(buffer, lineStart, lineEnd);
        }
    }

    /** The field of a key, tried first where it is expected; less than 0 if it is none of ours. */
    int field(int from, int to, int expected) {
        for (int i = 0; i < keys.length; i++) {
            int candidate = (expected + i) % keys.length;
            if (Arrays.equals(keys[candidate], 0, keys[candidate].length, buffer, from, to)) {
                return candidate;
            }
        }
        return -1;
    }

    /** Takes a field's value; false if it came before. */
    boolean give(int field, int from, int to, boolean number) {
        boolean first = !isGiven[field];
        isGiven[field] = true;
        starts[field] = from;
        ends[field] = to;
        isNumber[field] = number;
        return first;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public boolean damaged() {
        return !damage.isEmpty();
    }

    @Override
    public String damage() {
        return damage;
    }

    @Override
    public String damageHint() {
        return "A line is one object, such as {\"meter\":\"M1\",\"kwh\":1.5}; a value that is not there is null.";
    }

    /** All fields, also those that the object does not give. */
    @Override
    public int fields() {
        return keys.length;
    }

    /** How many of the fields the object gives. */
    public int given() {
        int given = 0;
        for (boolean one : isGiven) {
            given += one ? 1 : 0;
        }
        return given;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int start(int field) {
        return starts[field];
    }

    @Override
    public int end(int field) {
        return ends[field];
    }

    @Override
    public boolean isEmpty(int field) {
        return field >= keys.length || starts[field] == ends[field];
    }

    @Override
    public String text(int field) {
        return field >= keys.length ? "" : new String(buffer, starts[field], ends[field] - starts[field], UTF_8);
    }

    /** JSON's own numbers have a point. */
    @Override
    public char decimalPoint(int field, char ofTexts) {
        return isNumber[field] ? '.' : ofTexts;
    }

    @Override
    public String rawText() {
        boolean kept = rawBeforeUnescaping.length > 0;
        byte[] bytes = kept ? rawBeforeUnescaping : buffer;
        int end = kept ? bytes.length : lineEnd;
        int from = kept ? 0 : lineStart;
        return DelimitedReader.cut(bytes, from, end > from && bytes[end - 1] == '\r' ? end - 1 : end);
    }
}
