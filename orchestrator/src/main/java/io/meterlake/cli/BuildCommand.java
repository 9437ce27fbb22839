package io.meterlake.cli;

import io.meterlake.run.RunKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code build}. */
@Command(
        name = "build",
        description = "Loads seeds, builds models and tests them, in the order of their dependencies",
        mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private RunOutput output = new RunOutput();

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Mixin
    private DeferOptions defer = new DeferOptions();

    @Mixin
    private RebuildOptions rebuild = new RebuildOptions();

    @Override
    public Integer call() {
        return ProjectRun.execute(parent, options, defer, rebuild, output, RunKind.BUILD);
    }
}
