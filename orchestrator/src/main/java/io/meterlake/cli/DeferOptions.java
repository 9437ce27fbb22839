package io.meterlake.cli;

import static io.meterlake.compile.CompileErrorCode.INVALID_SELECTION;

import io.meterlake.artifact.StateFolder;
import io.meterlake.error.MeterlakeException;
import io.meterlake.run.Deferral;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where run, build and test read what they do not build. */
final class DeferOptions {
    @Option(
            names = "--defer",
            description = "reads what is neither selected nor here where the earlier state of --state has it")
    private boolean defer;

    @Option(
            names = "--favor-state",
            description =
                    "with --defer: reads what is not selected where the earlier state has it, whether it is here or not")
    private boolean favorState;

    /** Those of a command line that is gone on with. */
    static DeferOptions again(boolean defer, boolean favorState) {
        DeferOptions options = new DeferOptions();
        options.defer = defer;
        options.favorState = favorState;
        return options;
    }

    /**
     * What the options mean.
     *
     * @throws MeterlakeException {@code INVALID_SELECTION} if there is no earlier state to defer to
     */
    Deferral deferral(Optional<StateFolder> state) {
        if (!defer && !favorState) {
            return Deferral.NONE;
        }
        if (!defer || state.isEmpty()) {
            throw new MeterlakeException(
                    INVALID_SELECTION,
                    defer
                            ? "Cannot use --defer: there is no earlier state to read from"
                            : "Cannot use --favor-state: it says how to --defer",
                    "Write --defer --state DIR, with a folder that has the manifest.json of the state to read from.");
        }
        return new Deferral(state.get()::relation, favorState);
    }
}
