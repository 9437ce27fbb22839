package io.meterlake.devstack;

import java.io.IOException;
import java.nio.file.Path;

/** A process that starts a stack for itself and waits to be killed. */
final class StackStarter {
    private StackStarter() {}

    public static void main(String[] arguments) throws IOException {
        Path state = Path.of(arguments[1]);
        DevStack.up(
                DevStackConfig.onFreePorts(state, state.resolve("warehouse")),
                ServerLibraries.builtIn(Path.of(arguments[0])),
                Lifetime.DIES_WITH_STARTER,
                StackListener.silent());
        StackFiles.write(state.resolve("up"), "");
        System.in.read();
    }
}
