package io.meterlake.devstack;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that brings up a stack, writes the servers' process ids to a file, and then waits to be killed if the stack
 * is to die with it. Arguments: project root, state folder, lifetime, file.
 */
final class StackStarter {
    private StackStarter() {}

    public static void main(String[] arguments) throws IOException {
        Path state = Path.of(arguments[1]);
        Lifetime lifetime = Lifetime.valueOf(arguments[2]);
        DevStack stack =
                DevStack.up(config(state), ServerLibraries.builtIn(Path.of(arguments[0])), lifetime, step -> {});
        StackFiles.write(Path.of(arguments[3]), stack.metastorePid() + " " + stack.trinoPid());
        if (lifetime == Lifetime.DIES_WITH_STARTER) {
            int _ = System.in.read();
        }
    }

    static DevStackConfig config(Path state) {
        return DevStackConfig.onFreePorts(state, state.resolve("warehouse"));
    }
}
