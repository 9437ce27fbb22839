package io.meterlake.writer.upsert;

import java.util.function.Consumer;

/**
 * The rows of one base file that say something else now: what stood there, and what stands there since, in the order of
 * the key. A row that only got a later time of recording is not among them, as no number of a report changes by it.
 * About a hundred bytes a row. Not thread-safe.
 */
public final class ChangedReadings implements ReplacedReadings {
    private final int most;
    private final Consumer<ChangedReadings> full;
    private CopiedReadings before = new CopiedReadings();
    private CopiedReadings after = new CopiedReadings();

    /** As many as there are. */
    public ChangedReadings() {
        this(Integer.MAX_VALUE, full -> {});
    }

    /**
     * No more than so many at a time.
     *
     * @param full takes the rows as soon as there are so many and one more comes; what is left here are those since
     */
    public ChangedReadings(int most, Consumer<ChangedReadings> full) {
        this.most = most;
        this.full = full;
    }

    @Override
    public void replaced(ReadingColumns present, int presentRow, ReadingColumns incoming, int incomingRow) {
        if (!Merge.tellTheSame(present, presentRow, incoming, incomingRow)) {
            if (size() == most) {
                handOver();
            }
            before.add(present, presentRow);
            after.add(incoming, incomingRow);
        }
    }

    private void handOver() {
        ChangedReadings handedOver = new ChangedReadings();
        handedOver.before = before;
        handedOver.after = after;
        before = new CopiedReadings();
        after = new CopiedReadings();
        full.accept(handedOver);
    }

    public int size() {
        return before.size();
    }

    /**
     * Rows that say something else now.
     *
     * @param before what stood in the table; without Hudi's own columns
     * @param after the readings that took its place, row by row
     */
    public record Rows(ReadingBlock before, ReadingBlock after) {}

    /** Gives the rows away, and has none any more: they are held once. */
    public Rows take() {
        ReadingBlock stood = before.block();
        before = new CopiedReadings();
        ReadingBlock stands = after.block();
        after = new CopiedReadings();
        return new Rows(stood, stands);
    }
}
