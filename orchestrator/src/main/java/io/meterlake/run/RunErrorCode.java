package io.meterlake.run;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** Why a run cannot begin. What fails in a run is in its {@link RunResult}. */
public enum RunErrorCode implements ErrorCode {
    /** The run's own files cannot be written. */
    RUN_FILES(ExitCode.FAILED),
    /** Nothing matches the selection. */
    NOTHING_SELECTED(ExitCode.USAGE),
    /** Rows of a unit test do not fit the table that they stand in for. */
    INVALID_UNIT_TEST(ExitCode.USAGE),
    /** A model is not what its contract says. */
    CONTRACT_BROKEN(ExitCode.FAILED),
    /** A statement before or after the nodes cannot be executed. */
    HOOK_FAILED(ExitCode.FAILED),
    /** An incremental model cannot be built from its earlier build. */
    EARLIER_BUILD(ExitCode.FAILED),
    /** Nobody knows of a run that could be gone on with. */
    NOTHING_TO_RETRY(ExitCode.USAGE);

    private final ExitCode exitCode;

    RunErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
