package io.meterlake.run;

import io.meterlake.compile.CompiledHook;
import io.meterlake.engine.EngineException;
import io.meterlake.engine.Trino;
import io.meterlake.error.MeterlakeException;
import java.util.List;

/** Executes the statements that a project wants before or after its nodes. */
final class RunHooks {
    private final Trino trino;

    RunHooks(Trino trino) {
        this.trino = trino;
    }

    /**
     * One after the other.
     *
     * @throws MeterlakeException {@code HOOK_FAILED} where one fails; those after it are not executed
     */
    void run(List<CompiledHook> hooks) {
        for (CompiledHook hook : hooks) {
            try {
                trino.execute(hook.sql());
            } catch (EngineException e) {
                throw new MeterlakeException(
                        RunErrorCode.HOOK_FAILED,
                        "Cannot execute the hook of %s: %s".formatted(hook.location(), e.getMessage()),
                        e.hint(),
                        e);
            }
        }
    }
}
