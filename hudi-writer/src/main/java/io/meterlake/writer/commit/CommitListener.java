package io.meterlake.writer.commit;

/** Is told how a commit goes on, on the thread that runs it. */
public interface CommitListener {
    /** The timeline has the commit as requested. */
    void started();

    /** So many base files are on disk. */
    void written(int files, int of);

    /** All base files are on disk; no reader sees them yet. */
    void filesWritten();

    /** What the readings replace is on disk; no reader sees it yet. Not called if they replace nothing. */
    void changesWritten();

    /** The readings are visible. */
    void committed();

    /** What they replaced is visible. Not called if they replaced nothing. */
    void changesCommitted();
}
