package io.meterlake.cli;

import static io.meterlake.config.Setting.STACK_METASTORE_DATABASE;
import static io.meterlake.config.Setting.STACK_METASTORE_DATABASE_PASSWORD;
import static io.meterlake.config.Setting.STACK_METASTORE_DATABASE_USER;
import static io.meterlake.config.Setting.STACK_METASTORE_HEAP_MB;
import static io.meterlake.config.Setting.STACK_METASTORE_PORT;
import static io.meterlake.config.Setting.STACK_PATH;
import static io.meterlake.config.Setting.STACK_TRINO_HEAP_MB;
import static io.meterlake.config.Setting.STACK_TRINO_PORT;

import io.meterlake.config.Config;
import io.meterlake.devstack.DevStack;
import io.meterlake.devstack.DevStackConfig;
import io.meterlake.devstack.Lifetime;
import io.meterlake.devstack.MetastoreDatabase;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.error.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code stack up|down|status}: the embedded Hive Metastore and Trino. */
@Command(
        name = "stack",
        description = "Starts and stops the embedded Hive Metastore and Trino",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(up | down | status)")
final class StackCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "up",
            description = "Starts the stack and leaves it running; finds it if it runs already",
            mixinStandardHelpOptions = true)
    int up() {
        DevStack stack = up(parent.config(), parent.context());
        print(stack);
        return ExitCode.OK.status();
    }

    @Command(name = "down", description = "Stops the stack; the lake stays", mixinStandardHelpOptions = true)
    int down() {
        boolean ran = DevStack.down(parent.config().path(STACK_PATH));
        parent.console().out().println(ran ? "The stack is stopped." : "No stack was running.");
        return ExitCode.OK.status();
    }

    @Command(
            name = "status",
            description = "Says whether the stack runs, and where; ends with 1 if it does not",
            mixinStandardHelpOptions = true)
    int status() {
        Optional<DevStack> stack = DevStack.find(parent.config().path(STACK_PATH));
        if (stack.isEmpty()) {
            parent.console().out().println("No stack is running. Start it with `./meterlake stack up`.");
            return ExitCode.FAILED.status();
        }
        print(stack.get());
        return ExitCode.OK.status();
    }

    /** Starts the stack that the settings describe, or finds it. */
    static DevStack up(Config config, CommandContext context) {
        DevStackConfig stack = new DevStackConfig(
                config.path(STACK_PATH),
                LakePlace.of(config).warehouse(),
                config.number(STACK_METASTORE_PORT),
                config.number(STACK_TRINO_PORT),
                config.number(STACK_METASTORE_HEAP_MB),
                config.number(STACK_TRINO_HEAP_MB),
                new MetastoreDatabase(
                        config.text(STACK_METASTORE_DATABASE),
                        config.text(STACK_METASTORE_DATABASE_USER),
                        config.text(STACK_METASTORE_DATABASE_PASSWORD)));
        return DevStack.up(stack, ServerLibraries.builtIn(context.home()), Lifetime.DETACHED, context.console()::note);
    }

    private void print(DevStack stack) {
        parent.console()
                .out()
                .printf(
                        "trino      %s  (process %d)%nmetastore  %s  (process %d)%nlogs       %s%n",
                        stack.trinoUri(), stack.trinoPid(), stack.metastoreUri(), stack.metastorePid(), stack.logs());
    }
}
