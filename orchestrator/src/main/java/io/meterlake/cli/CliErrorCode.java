package io.meterlake.cli;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** What the command line itself finds wrong. */
enum CliErrorCode implements ErrorCode {
    /** No embedded stack runs, and no other servers are configured. */
    STACK_DOWN(ExitCode.FAILED),
    /** A file or folder on the command line is not there. */
    NO_SUCH_FILE(ExitCode.USAGE),
    /** A file to retry was never ingested. */
    UNKNOWN_DELIVERY(ExitCode.USAGE),
    /** No rejected record has this name, or several have. */
    NO_SUCH_REJECT(ExitCode.USAGE),
    /** Deliveries are to be checked, and nobody is expected to send anything. */
    NOTHING_EXPECTED(ExitCode.USAGE),
    /** Nobody says in whose name a report is to be signed. */
    NO_SIGNER(ExitCode.USAGE),
    /** {@code --limit} is no number of rows. */
    INVALID_LIMIT(ExitCode.USAGE),
    /** What is to be in the audit trail is no entry's number and hash. */
    NO_AUDIT_MARK(ExitCode.USAGE),
    /** Something that only an ingest can do that stays. */
    ONLY_WATCHING(ExitCode.USAGE),
    /** Something that an ingest cannot do that stays. */
    ONLY_ONCE(ExitCode.USAGE),
    /** Metrics cannot be served at the address that was asked for. */
    PORT_TAKEN(ExitCode.USAGE),
    /** A file cannot be read or written: its disk, its rights. */
    FILE_FAILED(ExitCode.FAILED),
    /** The output is a full disk, or one that fails. */
    RESULT_NOT_WRITTEN(ExitCode.FAILED),
    /** Who reads the output has ended, as {@code head} does; nothing is said then, and the status is 141. */
    READER_GONE(ExitCode.FAILED),
    /** The heap that the command was given is used up. */
    OUT_OF_MEMORY(ExitCode.FAILED);

    private final ExitCode exitCode;

    CliErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
