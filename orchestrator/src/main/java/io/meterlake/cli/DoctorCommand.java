package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.devstack.DevStack;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.error.ExitCode;
import io.meterlake.error.FailedIo;
import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code doctor}: what is wrong here, and how to mend it. Changes nothing. */
@Command(
        name = "doctor",
        description = "Checks the settings, the servers, the folders and the disk, and says how to mend what is wrong",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final long LEAST_FREE_BYTES = 2L << 30;
    private static final int CONNECT_MILLIS = 2000;

    @ParentCommand
    private MeterlakeCommand parent;

    private int problems;

    @Override
    public Integer call() {
        Config config = parent.config();
        ok("Java", Runtime.version() + " in " + System.getProperty("java.home"));
        ok("settings", "project folder " + config.projectFolder());
        check("servers' jars", () -> {
            ServerLibraries libraries = ServerLibraries.builtIn(parent.context().home());
            return libraries.trino().size() + " of Trino, "
                    + libraries.metastore().size() + " of the metastore";
        });
        Servers servers = new Servers(config);
        boolean metastore = check("metastore", () -> reached("metastore.uri", servers.metastore()));
        boolean trino = check("Trino", () -> reached("trino.url", servers.trino()));
        port("metastore port", Setting.METASTORE_URI, Setting.STACK_METASTORE_PORT, config);
        port("Trino port", Setting.TRINO_URL, Setting.STACK_TRINO_PORT, config);
        folder("SQL project", config.path(Setting.MODELS_PATH));
        lakePlace(config);
        if (metastore) {
            lake(new LakeHealth(config, parent.context().clock()), trino);
        }
        writable("reports", config.path(Setting.REPORTS_PATH));
        parent.console()
                .out()
                .println(
                        problems == 0
                                ? "All is well."
                                : problems + " of these " + (problems == 1 ? "needs" : "need") + " a hand.");
        return (problems == 0 ? ExitCode.OK : ExitCode.FAILED).status();
    }

    private void lakePlace(Config config) {
        Path root = LakePlace.of(config).root();
        if (root.getFileSystem().equals(FileSystems.getDefault())) {
            writable("lake", root);
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
            ok("lake", root + (found.iterator().hasNext() ? "" : " is empty"));
        } catch (NoSuchFileException e) {
            ok("lake", root + " is empty");
        } catch (IOException e) {
            problem(
                    "lake",
                    "Cannot list %s: %s".formatted(root, FailedIo.reason(e)),
                    "Check lake.path, lake.s3.endpoint and lake.s3.region, and AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY in the environment, or the machine's role.");
        }
    }

    private void lake(LakeHealth lake, boolean trino) {
        check("base files", lake::files);
        // Opening the lake would register its tables, and nothing is to be changed here.
        if (check("lake's tables", lake::tables) && lake.hasSnapshots()) {
            check("snapshots", lake::snapshots);
        }
        if (trino) {
            check("views", lake::views);
        }
    }

    /** Whether all is well with it. */
    private boolean check(String what, Supplier<String> finding) {
        try {
            ok(what, finding.get());
            return true;
        } catch (MeterlakeException e) {
            problem(what, e.getMessage() == null ? e.code().name() : e.getMessage(), e.hint());
            return false;
        }
    }

    /** A stack that is down could not start where another process listens. */
    private void port(String what, Setting server, Setting port, Config config) {
        boolean stackIsMeant = config.text(server).isBlank();
        int number = config.number(port);
        if (!stackIsMeant
                || number == 0
                || DevStack.find(config.path(Setting.STACK_PATH)).isPresent()) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), CONNECT_MILLIS);
            problem(
                    what,
                    "port %d, where `./meterlake stack up` would start it, is taken by another process"
                            .formatted(number),
                    "End that process, or set %s to another port (0: a free one).".formatted(port.key()));
        } catch (IOException e) {
            ok(what, number + " is free");
        }
    }

    private static String reached(String setting, URI server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            return server.toString();
        } catch (IOException e) {
            throw new MeterlakeException(
                    CliErrorCode.STACK_DOWN,
                    "Cannot reach %s: %s".formatted(server, FailedIo.reason(e)),
                    "Start it (`./meterlake stack up` for the embedded one), or correct %s.".formatted(setting),
                    e);
        }
    }

    private void folder(String what, Path folder) {
        if (Files.isDirectory(folder)) {
            ok(what, folder.toString());
        } else {
            problem(what, "there is no folder " + folder, "Set models.path to the folder with dbt_project.yml.");
        }
    }

    /** The folder itself, or the nearest one above it that is there. */
    private void writable(String what, Path folder) {
        Path nearest = folder;
        while (!Files.exists(nearest)) {
            nearest =
                    Optional.ofNullable(nearest.getParent()).orElse(Path.of("").toAbsolutePath());
        }
        if (!Files.isWritable(nearest)) {
            problem(what, "Cannot write to " + nearest, "Give yourself the right to, or set another folder.");
            return;
        }
        try {
            FileStore disk = Files.getFileStore(nearest);
            long free = disk.getUsableSpace();
            String finding = "%s, %d GiB free".formatted(folder, free >> 30);
            if (free < LEAST_FREE_BYTES) {
                problem(what, finding, "Make room: a commit needs space for the files that it replaces.");
            } else {
                ok(what, finding);
            }
        } catch (IOException e) {
            problem(what, "Cannot ask for the free space of " + nearest + ": " + FailedIo.reason(e), "Check the disk.");
        }
    }

    private void ok(String what, String finding) {
        parent.console().out().printf("ok       %-14s %s%n", what, finding);
    }

    private void problem(String what, String finding, String fix) {
        problems++;
        parent.console().out().printf("PROBLEM  %-14s %s%n         %-14s Fix: %s%n", what, finding, "", fix);
    }
}
