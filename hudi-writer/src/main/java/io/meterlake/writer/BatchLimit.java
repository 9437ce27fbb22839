package io.meterlake.writer;

import io.meterlake.writer.upsert.MemoryBudget;

/**
 * How many files are committed together. What a commit costs besides its readings, and reading and writing a day's base
 * file for each file that touches it, is what is saved: much with small files, nothing worth waiting for with large ones.
 * See docs/decisions/0011-batches.md.
 *
 * @param files at most so many: each has a row in the commit's metadata
 * @param bytes at most so many in all, as they were delivered; a larger file is a batch of its own
 * @param readings no file is added to so many readings, or to rejects that take as much memory
 */
record BatchLimit(int files, long bytes, long readings) {
    /** Each file is a commit of its own. */
    static final BatchLimit ONE_BY_ONE = new BatchLimit(1, 0, 0);

    private static final int MOST_FILES = 1000;
    private static final long MOST_BYTES = 64 << 20;

    /** As many readings as stay in memory. */
    static BatchLimit of(MemoryBudget budget) {
        return new BatchLimit(MOST_FILES, MOST_BYTES, Math.max(1, budget.readingsInMemory()));
    }

    /**
     * Whether a file may join others.
     *
     * @param heldBefore what they {@linkplain FileBatch#held hold}
     */
    boolean admits(long fileBytes, int filesBefore, long bytesBefore, long heldBefore) {
        return filesBefore == 0 || (filesBefore < files && bytesBefore + fileBytes <= bytes && heldBefore < readings);
    }
}
