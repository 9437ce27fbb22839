package io.meterlake.cli;

import io.meterlake.engine.Trino;
import io.meterlake.report.ReportLake;
import io.meterlake.testing.KilledCommand;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder with a {@link ReportLake}, and commands that work in it, some of which are killed. */
final class CommandLake implements AutoCloseable {
    final ReportLake lake;
    private final Path folder;
    private final Trino trino = SharedStack.get().trino();

    CommandLake(Path folder) {
        this.folder = folder;
        this.lake = new ReportLake(folder, 0);
    }

    /** Writes a file of the project. */
    void project(String name, String text) throws IOException {
        Path file = folder.resolve("project").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Runs a command to its end. */
    CommandRun command(String... arguments) {
        return CommandRun.offline(folder, line(arguments).toArray(String[]::new));
    }

    /** Kills a command; returns what it had said on stderr. */
    String kill(String type, String method, int before, String... arguments) throws Exception {
        return KilledCommand.at(new KilledCommand.Step(type, method, before), folder, line(arguments));
    }

    private List<String> line(String... arguments) {
        List<String> line = new ArrayList<>();
        Map.of(
                        "trino.url", SharedStack.get().trinoUri().toString(),
                        "metastore.uri", SharedStack.get().metastoreUri().toString(),
                        "lake.path", "lake",
                        "lake.database", lake.schema + "_lake",
                        "models.path", "project",
                        "runs.path", "runs",
                        "reports.path", "reports")
                .forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        line.addAll(List.of(arguments));
        return line;
    }

    /** The name of a table or published view in Trino. */
    String relation(String name) {
        return "hive." + lake.schema + "." + name;
    }

    /** The first column of a query. */
    List<String> values(String sql) {
        return trino.rows(sql).firstColumn();
    }

    @Override
    public void close() {
        lake.close();
    }
}
