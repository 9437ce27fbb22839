package io.meterlake.cli;

import io.meterlake.run.RunKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code test}. */
@Command(name = "test", description = "Runs the data tests and unit tests", mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private RunOutput output = new RunOutput();

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Mixin
    private DeferOptions defer = new DeferOptions();

    @Override
    public Integer call() {
        return ProjectRun.execute(parent, options, defer, new RebuildOptions(), output, RunKind.TEST);
    }
}
