package io.meterlake.format.measure;

import io.meterlake.format.UnreadableFileException;
import java.util.Arrays;

/** The points of a series as columns, which wait for the fields that may come behind them. */
final class Points {
    /** The schema has positions up to 999,999. */
    private static final int MOST = 2_000_000;

    int[] position = new int[128];
    long[] scaled = new long[128];
    int[] grade = new int[128];
    int[] line = new int[128];
    int size;

    void add(String fileName, int newPosition, long newScaled, int newGrade, long newLine) {
        if (size == MOST) {
            throw new UnreadableFileException(
                    "Cannot read %s: a series has more than %d points".formatted(fileName, MOST),
                    "Ask the sender for several smaller series.");
        }
        if (size == position.length) {
            position = Arrays.copyOf(position, 2 * size);
            scaled = Arrays.copyOf(scaled, 2 * size);
            grade = Arrays.copyOf(grade, 2 * size);
            line = Arrays.copyOf(line, 2 * size);
        }
        position[size] = newPosition;
        scaled[size] = newScaled;
        grade[size] = newGrade;
        line[size] = Math.toIntExact(newLine);
        size++;
    }

    void clear() {
        size = 0;
    }
}
