package io.meterlake.writer.upsert;

/**
 * What became of a file's readings.
 *
 * @param added intervals that the table did not have
 * @param changed intervals whose row another one took the place of
 * @param unchanged readings that the table has already, with the same time of recording
 * @param late readings that were recorded before what the table has
 */
public record MergeCounts(long added, long changed, long unchanged, long late) {
    public static final MergeCounts NONE = new MergeCounts(0, 0, 0, 0);

    public MergeCounts plus(MergeCounts other) {
        return new MergeCounts(
                added + other.added, changed + other.changed, unchanged + other.unchanged, late + other.late);
    }

    /** Whether there is anything to write. */
    public boolean anyWritten() {
        return added + changed > 0;
    }
}
