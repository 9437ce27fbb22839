package io.meterlake.devstack;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who starts the servers, who finds them, and what ends them; with processes that are really killed. */
class LifetimeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void twoStartersAtOnceShareOneStackThatDiesWithThem() throws IOException, InterruptedException {
        Path state = folder.resolve("state");
        Process first = starter(state, Lifetime.DIES_WITH_STARTER, "first");
        Process second = starter(state, Lifetime.DIES_WITH_STARTER, "second");
        try {
            List<ProcessHandle> servers = servers("first", first);
            assertThat(servers("second", second)).as("what the second found").isEqualTo(servers);
            assertThat(servers).as("the running servers").allMatch(ProcessHandle::isAlive);

            first.destroyForcibly().waitFor();
            second.destroyForcibly().waitFor();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
            assertThat(DevStack.find(state))
                    .as("stack whose starter was killed")
                    .isEmpty();
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    @Test
    void aDetachedStackOutlivesItsStarterAndIsMendedWhenAServerDied() throws IOException, InterruptedException {
        Path state = folder.resolve("state");
        Process starter = starter(state, Lifetime.DETACHED, "detached");
        try {
            List<ProcessHandle> servers = servers("detached", starter);
            assertThat(starter.waitFor(1, MINUTES))
                    .as("the starter ends by itself")
                    .isTrue();
            DevStack found = DevStack.find(state).orElseThrow();
            assertThat(handles(found)).as("servers that were let go").isEqualTo(servers);
            Trino.run(found, "create schema hive.kept");

            servers.getFirst().destroyForcibly();
            await().atMost(PATIENCE).until(() -> !servers.getFirst().isAlive());
            assertThat(DevStack.find(state)).as("half of a stack").isEmpty();

            DevStack mended = DevStack.up(
                    StackStarter.config(state),
                    ServerLibraries.builtIn(ProjectRoot.path()),
                    Lifetime.DIES_WITH_STARTER,
                    StackListener.silent());
            assertThat(servers).as("what was left of the old stack").noneMatch(ProcessHandle::isAlive);
            assertThat(Trino.run(mended, "show schemas from hive like 'kept'")).isEqualTo("kept");

            List<ProcessHandle> mendedServers = handles(mended);
            assertThat(DevStack.down(state)).as("something ran").isTrue();
            assertThat(mendedServers).as("servers after down").noneMatch(ProcessHandle::isAlive);
            assertThat(DevStack.down(state)).as("something ran still").isFalse();
        } finally {
            starter.destroyForcibly();
            DevStack.down(state);
        }
    }

    @Test
    void leavesNothingRunningWhenTheStartIsCutShort() throws IOException, InterruptedException {
        Path state = folder.resolve("state");
        Process starter = starter(state, Lifetime.DETACHED, "never");
        try {
            await().atMost(PATIENCE).until(() -> starter.children().count() == 2);
            List<ProcessHandle> servers = starter.children().toList();
            starter.destroyForcibly().waitFor();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
            assertThat(DevStack.find(state)).isEmpty();
        } finally {
            starter.destroyForcibly();
        }
    }

    private Process starter(Path state, Lifetime lifetime, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackStarter.class.getName(),
                        ProjectRoot.path().toString(),
                        state.toString(),
                        lifetime.name(),
                        folder.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** The servers that a starter reports, metastore first. */
    private List<ProcessHandle> servers(String name, Process starter) throws IOException {
        Path report = folder.resolve(name);
        await().atMost(PATIENCE).until(() -> Files.exists(report) || !starter.isAlive());
        assertThat(report)
                .as("report of the starter, which says: %s", Files.readString(folder.resolve(name + ".log")))
                .exists();
        return Arrays.stream(Files.readString(report).split(" ", -1))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<ProcessHandle> handles(DevStack stack) {
        return List.of(
                ProcessHandle.of(stack.metastorePid()).orElseThrow(),
                ProcessHandle.of(stack.trinoPid()).orElseThrow());
    }
}
