package io.meterlake.artifact;

import io.meterlake.error.ErrorCode;
import io.meterlake.error.ExitCode;

/** Why there is no artifact. */
public enum ArtifactErrorCode implements ErrorCode {
    /** An artifact cannot be written. */
    ARTIFACT_FILES(ExitCode.FAILED);

    private final ExitCode exitCode;

    ArtifactErrorCode(ExitCode exitCode) {
        this.exitCode = exitCode;
    }

    @Override
    public ExitCode exitCode() {
        return exitCode;
    }
}
