package io.meterlake.writer.upsert;

/**
 * The rows of one base file that say something else now: what stood there, and what stands there since, in the order of
 * the key. A row that only got a later time of recording is not among them, as no number of a report changes by it.
 * About a hundred bytes a row. Not thread-safe.
 */
public final class ChangedReadings implements ReplacedReadings {
    private final CopiedReadings before = new CopiedReadings();
    private final CopiedReadings after = new CopiedReadings();

    @Override
    public void replaced(ReadingColumns present, int presentRow, ReadingColumns incoming, int incomingRow) {
        if (!Merge.tellTheSame(present, presentRow, incoming, incomingRow)) {
            before.add(present, presentRow);
            after.add(incoming, incomingRow);
        }
    }

    public int size() {
        return before.size();
    }

    /** What stood in the table; without Hudi's own columns. */
    public ReadingColumns before() {
        return before;
    }

    /** The readings that took the place of {@link #before()}, in the same rows. */
    public ReadingColumns after() {
        return after;
    }
}
