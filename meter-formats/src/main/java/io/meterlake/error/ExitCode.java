package io.meterlake.error;

/** What a scheduler learns from how a {@code meterlake} process ended. */
public enum ExitCode {
    OK(0),
    /** Something that may work when tried again: a server that is down, a full disk. */
    FAILED(1),
    /** The command line, the configuration or the SQL project is wrong; trying again without a change is of no use. */
    USAGE(2),
    /** The command did its work, and the data are not as they should be: rejected readings, failed tests. */
    DATA(3),
    /** It is not known whether a commit took effect; nothing was cleaned up. */
    COMMIT_UNKNOWN(4),
    /** A report was made again, and is not what it was; or a Metabase server is not as the files say. */
    DIFFERS(5),
    /** Something that a report was made from is gone, so it can't be made again. */
    INPUTS_MISSING(6);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }
}
