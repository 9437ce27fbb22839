package io.meterlake.cli;

import static io.meterlake.config.Setting.AIRFLOW_PATH;
import static io.meterlake.config.Setting.AIRFLOW_PORT;
import static io.meterlake.config.Setting.AIRFLOW_PYTHON;

import io.meterlake.airflow.AirflowPart;
import io.meterlake.airflow.AirflowRequest;
import io.meterlake.airflow.LocalAirflow;
import io.meterlake.airflow.PartStatus;
import io.meterlake.config.Config;
import io.meterlake.error.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code airflow up|down|status}: an Airflow on this machine with the DAGs of {@code airflow-dags/}. */
@Command(
        name = "airflow",
        description = "Starts and stops an Airflow on this machine, with the DAGs of airflow-dags/",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(up | down | status)")
final class AirflowCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "up",
            description =
                    "Starts Airflow and leaves it running; finds it if it runs already, and starts what of it has ended",
            footer = {
                "",
                "Its pages are on 127.0.0.1, for whoever is on this machine, without a password.",
                "The DAGs are paused until you switch them on there."
            },
            mixinStandardHelpOptions = true)
    int up() {
        Config config = parent.config();
        CommandContext context = parent.context();
        LocalAirflow airflow = new LocalAirflow(config.path(AIRFLOW_PATH));
        Set<AirflowPart> started = airflow.up(new AirflowRequest(
                context.home(),
                config.projectFolder().toAbsolutePath().normalize(),
                config.number(AIRFLOW_PORT),
                config.text(AIRFLOW_PYTHON).isBlank() ? Optional.empty() : Optional.of(config.path(AIRFLOW_PYTHON)),
                context.environment(),
                context.clock(),
                context.console()::note));
        if (started.isEmpty()) {
            parent.console().note("Airflow is already up");
        }
        return print(airflow);
    }

    @Command(
            name = "down",
            description = "Stops Airflow; its history and the lake stay",
            mixinStandardHelpOptions = true)
    int down() {
        boolean ran = new LocalAirflow(parent.config().path(AIRFLOW_PATH)).down();
        parent.console().out().println(ran ? "Airflow is stopped." : "No Airflow was running.");
        return ExitCode.OK.status();
    }

    @Command(
            name = "status",
            description =
                    "Says whether Airflow runs, where, and what each part says; ends with 1 if a part does not run well",
            mixinStandardHelpOptions = true)
    int status() {
        return print(new LocalAirflow(parent.config().path(AIRFLOW_PATH)));
    }

    private int print(LocalAirflow airflow) {
        List<PartStatus> parts = airflow.status();
        if (parts.isEmpty()) {
            parent.console().out().println("No Airflow is running. Start it with `./meterlake airflow up`.");
            return ExitCode.FAILED.status();
        }
        parent.console().out().printf("%-14s %s%n", "pages", airflow.pages());
        for (PartStatus part : parts) {
            parent.console()
                    .out()
                    .printf(
                            "%-14s %s  (process %d)%n",
                            part.part().word(), part.how().word(), part.pid());
            if (part.how() == PartStatus.How.ENDED) {
                parent.console()
                        .out()
                        .printf(
                                "  the end of %s:%n%s%n",
                                part.log(), part.lastLines().indent(2).stripTrailing());
            }
        }
        parent.console().out().printf("%-14s %s%n", "logs", airflow.logs());
        boolean isWell = parts.stream().allMatch(part -> part.how() == PartStatus.How.HEALTHY);
        if (parts.stream().anyMatch(part -> part.how() == PartStatus.How.ENDED)) {
            parent.console().note("`./meterlake airflow up` starts what has ended.");
        }
        return (isWell ? ExitCode.OK : ExitCode.FAILED).status();
    }
}
