package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.error.ExitCode;
import io.meterlake.testing.SharedStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {
    private static final String SQL = "select name, energy_kwh from (values ('a', decimal '1.50'), (null, null)) t"
            + " (name, energy_kwh) order by name nulls last;";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsCsvToAProgram() {
        assertThat(execute(false, "query", SQL)).as(() -> text(err)).isEqualTo(ExitCode.OK.status());
        assertThat(text(out)).isEqualTo("name,energy_kwh\na,1.50\n,\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void printsATableToAPerson() {
        execute(true, "query", SQL);
        assertThat(text(out).lines())
                .containsExactly(
                        "name  energy_kwh", "────  ──────────", "a           1.50", "NULL        NULL", "(2 rows)");
    }

    @Test
    void printsOneJsonDocument() {
        execute(false, "query", "--output", "json", SQL);
        assertThat(text(out)).isEqualTo("""
                        {"columns":[{"name":"name","type":"varchar(1)"},{"name":"energy_kwh","type":"decimal(3,2)"}],"rows":[
                        ["a","1.50"],
                        [null,null]]}
                        """);
    }

    @Test
    void readsTheStatementFromAFile() throws IOException {
        Files.writeString(folder.resolve("q.sql"), "-- a comment\nselect 1 as one\n;\n");
        assertThat(execute(false, "query", "--file", "q.sql"))
                .as(() -> text(err))
                .isZero();
        assertThat(text(out)).isEqualTo("one\n1\n");
    }

    @Test
    void saysOkWhereThereAreNoRowsToCome() {
        String schema = SharedStack.get().newSchema("query");
        execute(false, "query", "create table hive." + schema + ".t as select 1 as x");
        assertThat(text(out)).isEqualTo("OK CREATE TABLE (1 row)\n");
    }

    @Test
    void endsWithTwoWhereTheSqlIsWrong() {
        assertThat(execute(false, "query", "select nothing from (values 1) t(x)"))
                .isEqualTo(ExitCode.USAGE.status());
        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .contains("Cannot run the query: line 1:8: Column 'nothing' cannot be resolved")
                .contains("Fix: ");
    }

    @Test
    void showsAFailureAsJsonWhereJsonIsWanted() {
        execute(false, "query", "--output", "json", "selec 1");
        assertThat(text(out)).startsWith("{\"error\":{\"code\":\"QUERY_FAILED\"");
    }

    @Test
    void endsWithOneAndAFixWhereNobodyListens() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertThat(execute(false, "--set", "trino.url=" + nobody, "query", "select 1"))
                .isEqualTo(ExitCode.FAILED.status());
        assertThat(text(err)).contains("nobody answers at " + nobody).contains("stack up");
    }

    private int execute(boolean terminal, String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal);
        CommandContext context = new CommandContext(
                console,
                Map.of("METERLAKE_TRINO_URL", SharedStack.get().trinoUri().toString()),
                folder,
                folder,
                Clock.systemUTC());
        return CommandLineFactory.create(context).execute(arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
