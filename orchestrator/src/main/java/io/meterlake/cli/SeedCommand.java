package io.meterlake.cli;

import io.meterlake.run.RunKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code seed}. */
@Command(name = "seed", description = "Loads the CSV files of the project", mixinStandardHelpOptions = true)
final class SeedCommand implements Callable<Integer> {
    @ParentCommand
    private MeterlakeCommand parent;

    @Mixin
    private RunOutput output = new RunOutput();

    @Mixin
    private ProjectOptions options = new ProjectOptions();

    @Override
    public Integer call() {
        return ProjectRun.execute(parent, options, new DeferOptions(), new RebuildOptions(), output, RunKind.SEED);
    }
}
