package io.meterlake.writer.upsert;

/**
 * How much of a file is held in memory, whatever its size. A reading takes 32 bytes.
 *
 * @param readingsAtOnce how many readings are sorted at once; three times as many are on their way
 * @param readingsInMemory how many sorted readings are kept in memory before more go to the disk
 */
public record MemoryBudget(int readingsAtOnce, long readingsInMemory) {
    static final int BYTES_A_READING = 32;
    private static final int MOST_AT_ONCE = 1 << 20;
    private static final int LEAST_AT_ONCE = 1 << 16;

    public MemoryBudget {
        if (readingsAtOnce < 1 || readingsInMemory < 0) {
            throw new IllegalArgumentException(
                    readingsAtOnce + " readings at once, " + readingsInMemory + " in memory");
        }
    }

    /** How many changed readings are held of each base file that is being written; one takes some 200 bytes. */
    public int changesHeld() {
        return Math.max(1, readingsAtOnce / 4);
    }

    /** A quarter of a heap of this size for sorted readings. */
    public static MemoryBudget ofHeap(long bytes) {
        long inMemory = bytes / 4 / BYTES_A_READING;
        return new MemoryBudget(Math.clamp(inMemory / 4, LEAST_AT_ONCE, MOST_AT_ONCE), inMemory);
    }
}
