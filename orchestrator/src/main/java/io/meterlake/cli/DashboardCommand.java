package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.preview.PreviewServer;
import io.meterlake.error.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code dashboard preview}: the dashboards of {@code metabase/} on a local page. */
@Command(
        name = "dashboard",
        description = "Shows the dashboards of metabase/",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "preview")
final class DashboardCommand {
    @ParentCommand
    private MeterlakeCommand parent;

    @Command(
            name = "preview",
            description = "Serves the dashboards on a page of this machine until Ctrl-C",
            footer = {"", "A reload of the page shows a changed file."},
            mixinStandardHelpOptions = true)
    int preview(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "0",
                            description = "0, the default: a free port")
                    int port,
            @Option(
                            names = "--path",
                            paramLabel = "FOLDER",
                            description = "the folder of the dashboards; Meterlake's own metabase/ unless told")
                    @Nullable
                    Path path)
            throws InterruptedException {
        Config config = parent.config();
        Path folder = path == null
                ? parent.context().home().resolve("metabase")
                : parent.context().folder().resolve(path);
        DashboardLoader.load(folder);
        try (EngineSession session = EngineSession.open(config, "dashboard");
                PreviewServer server = PreviewServer.start(() -> DashboardLoader.load(folder), session.trino(), port)) {
            parent.console().out().println(server.uri());
            parent.console().out().flush();
            parent.console().note("The dashboards are at the address above. Ctrl-C ends this.");
            new CountDownLatch(1).await();
        }
        return ExitCode.OK.status();
    }
}
