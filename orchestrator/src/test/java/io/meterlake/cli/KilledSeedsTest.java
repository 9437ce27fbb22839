package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.error.ExitCode;
import io.meterlake.lake.WorkLock;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that are killed while they fill the table of a seed, what readers see of it, and what is left. */
class KilledSeedsTest {
    /** Three statements of them. */
    private static final int ROWS = 12_000;

    @TempDir
    private static Path folder;

    private static CommandLake lake;
    private static int contents;

    @BeforeAll
    static void makeLakeAndPublish() throws IOException {
        lake = new CommandLake(folder);
        Files.writeString(folder.resolve("retention.yml"), "snapshots: {manual: {keep: 90 days}}\n");
        change();
        CommandRun build = lake.command("build");
        assertThat(build.status()).as(build.err()).isZero();
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    /** Gives the seed another content; returns what readers of it see when it is there. */
    private static String change() throws IOException {
        contents++;
        String note = "content %d of the profile ".formatted(contents).repeat(4).strip();
        lake.project(
                "seeds/profiles.csv",
                IntStream.range(0, ROWS)
                        .mapToObj(slot -> slot + "," + note + "\n")
                        .collect(Collectors.joining("", "slot,note\n", "")));
        return ROWS + " rows of " + note;
    }

    @ParameterizedTest(name = "{0} at {1}, after {2}")
    @CsvSource({
        // After the create; between two inserted batches; before the rename.
        "seed, append, 0",
        "build, append, 1",
        "seed, rename, 0"
    })
    void aKilledLoadIsNotSeenAndTheNextOneIsWhole(String command, String method, int before) throws Exception {
        String earlier = published();
        List<String> tables = tables();
        String later = change();
        String left;
        Set<String> seen;
        try (Reader reader = new Reader()) {
            lake.kill("io.meterlake.run.SeedFilling", method, before, command);

            assertThat(published()).isEqualTo(earlier);
            left = unfinished().getFirst();
            assertThat(tables())
                    .as("there is none of the name of a whole one")
                    .hasSize(tables.size() + 1)
                    .containsAll(tables)
                    .contains(left);
            int rows = Integer.parseInt(
                    lake.values("select count(*) from " + lake.relation(left)).getFirst());
            if (method.equals("rename")) {
                assertThat(rows).isEqualTo(ROWS);
            } else {
                assertThat(rows).isBetween(1, ROWS - 1);
            }

            CommandRun next = lake.command(command);
            assertThat(next.status()).as(next.err()).isZero();
            assertThat(published()).isEqualTo(later);
            assertThat(unfinished()).as("the next load leaves it alone").containsExactly(left);
            seen = reader.seen;
        }
        assertThat(seen).isSubsetOf(earlier, later).contains(earlier);
        assertThat(lake.command("retention", "plan").out())
                .contains(
                        "drop    unfinished seed table " + lake.relation(left) + ": its load was cut off, or goes on");
        CommandRun retention = lake.command("retention", "apply");
        assertThat(retention.status()).as(retention.err()).isZero();
        assertThat(retention.err()).contains("Dropped unfinished seed table " + lake.relation(left));
        assertThat(tables()).as("the view, and the table that it reads").hasSize(2);
        assertThat(published()).isEqualTo(later);
    }

    @Test
    void aTableThatIsBeingFilledIsNotDropped() throws Exception {
        String filling = tables().getLast() + "__20260201_030000_00001_abcde__making";
        SharedStack.get()
                .trino()
                .execute("create table " + lake.relation(filling) + " as select 1 as slot, 'a' as note");
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            WorkLock run =
                    other.submit(() -> lake.lake.lake.lock(WorkLock.Work.RUN)).get();
            CommandRun refused = lake.command("retention", "apply");
            assertThat(refused.status()).isEqualTo(ExitCode.FAILED.status());
            assertThat(refused.err()).contains("Cannot work on the models and seeds of the lake");
            assertThat(unfinished()).containsExactly(filling);
            other.submit(run::close).get();
        }
        assertThat(lake.command("retention", "apply").status()).isZero();
        assertThat(unfinished()).isEmpty();
    }

    /** What a reader of the published view sees. */
    private static String published() {
        return lake.values(
                        "select cast(count(*) as varchar) || ' rows of ' || array_join(array_agg(distinct note), ' and ')"
                                + " from " + lake.relation("profiles"))
                .getFirst();
    }

    private static List<String> unfinished() {
        return tables().stream().filter(name -> name.endsWith("__making")).toList();
    }

    private static List<String> tables() {
        return lake.values("select table_name from hive.information_schema.tables where table_schema = '"
                + lake.lake.schema + "' and table_name like 'profiles%' order by 1");
    }

    /** Looks at the published view all the time. */
    private static final class Reader implements AutoCloseable {
        final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Future<?> reading = thread.submit(() -> {
            while (!isOver.get()) {
                seen.add(published());
            }
        });

        /** Fails if reading did. */
        @Override
        public void close() {
            isOver.set(true);
            thread.close();
            assertThat(reading.state()).isEqualTo(Future.State.SUCCESS);
        }
    }
}
