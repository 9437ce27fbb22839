package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.Dashboards;
import io.meterlake.dashboard.metabase.DashboardExport;
import io.meterlake.dashboard.metabase.DashboardPlan;
import io.meterlake.dashboard.metabase.DashboardServer;
import io.meterlake.dashboard.metabase.MetabaseClient;
import io.meterlake.dashboard.preview.PreviewServer;
import io.meterlake.error.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code dashboard preview|plan|apply|export|sync}: the dashboards of {@code metabase/} on a local page or in Metabase. */
@Command(
        name = "dashboard",
        description = "Shows the dashboards of metabase/, or brings them to a Metabase server",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(preview | plan | apply | export | sync)")
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
        Path folder = folder(path);
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

    @Command(
            name = "plan",
            description = "Says what `dashboard apply` would change in Metabase; 5 if there is anything",
            footer = {"", "What was edited by hand in Metabase shows as a difference to its file."},
            mixinStandardHelpOptions = true)
    int plan(
            @Option(names = "--path", paramLabel = "FOLDER", description = "the folder of the dashboards") @Nullable
                    Path path,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        Dashboards dashboards = DashboardLoader.load(folder(path));
        try (MetabaseClient client = access().client()) {
            DashboardPlan plan = access().server(client, 1).plan(dashboards);
            new DashboardText(parent.console()).plan(plan, output);
            return (plan.isEmpty() ? ExitCode.OK : ExitCode.DIFFERS).status();
        }
    }

    @Command(
            name = "apply",
            description = "Makes Metabase's collections, cards and dashboards what the files say",
            footer = {"", "What it did not make it never touches. When it fails half-way, run it again."},
            mixinStandardHelpOptions = true)
    int apply(
            @Option(names = "--path", paramLabel = "FOLDER", description = "the folder of the dashboards") @Nullable
                    Path path,
            @Option(
                            names = "--wait-seconds",
                            paramLabel = "N",
                            defaultValue = "300",
                            description = "how long to wait until Metabase has found the tables; 300 unless told")
                    int seconds,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        Dashboards dashboards = DashboardLoader.load(folder(path));
        DashboardText text = new DashboardText(parent.console());
        try (MetabaseClient client = access().client()) {
            text.applied(access().server(client, seconds).apply(dashboards, text::done), output);
        }
        return ExitCode.OK.status();
    }

    @Command(
            name = "export",
            description = "Writes what people changed and made in Metabase into the files; 5 if anything is left",
            footer = {
                "",
                "A file that was changed since the last apply is not touched. Comments of a file that is written are lost."
            },
            mixinStandardHelpOptions = true)
    int export(
            @Option(
                            names = "--path",
                            paramLabel = "FOLDER",
                            description = "the folder of the dashboards; a new one gets all of them")
                    @Nullable
                    Path path,
            @Option(names = "--dry-run", description = "only says what would be written") boolean dryRun,
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        try (MetabaseClient client = access().client()) {
            DashboardServer server = access().server(client, 1);
            DashboardExport export = dryRun ? server.exportPlan(folder(path)) : server.export(folder(path));
            new ExportText(parent.console()).print(export, dryRun, output);
            return (export.left().isEmpty() ? ExitCode.OK : ExitCode.DIFFERS).status();
        }
    }

    @Command(
            name = "sync",
            description = "Has Metabase look for new tables and columns, as after a build",
            mixinStandardHelpOptions = true)
    int sync(
            @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "text or json")
                    TextOrJson output) {
        try (MetabaseClient client = access().client()) {
            access().server(client, 1).sync();
        }
        new DashboardText(parent.console()).synced(parent.config().text(Setting.METABASE_CONNECTION), output);
        return ExitCode.OK.status();
    }

    private MetabaseAccess access() {
        return new MetabaseAccess(parent.config(), parent.context().environment());
    }

    private Path folder(@Nullable Path path) {
        return path == null
                ? parent.context().home().resolve("metabase")
                : parent.context().folder().resolve(path);
    }
}
