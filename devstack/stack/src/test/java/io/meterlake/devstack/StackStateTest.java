package io.meterlake.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackStateTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() {
        StackState state = new StackState(
                server(myself(), 1), server(myself(), 2), "/with space/and = sign\\", "jdbc:postgresql://h:1/m as me");
        state.write(folder.resolve("state"));
        assertThat(StackState.read(folder.resolve("state"))).contains(state);
        assertThat(state.isRunning()).as("this process runs").isTrue();
    }

    @Test
    void doesNotTakeAnotherProcessWithTheSameIdForAServer() {
        Instant before = myself().info().startInstant().orElseThrow().minusSeconds(60);
        StackState.Server reused = new StackState.Server(myself().pid(), before, 1);
        assertThat(new StackState(server(myself(), 1), reused, folder.toString(), "embedded").isRunning())
                .isFalse();
    }

    @Test
    void findsAServerAfterTheClockWasSetByASecond() {
        Instant before = myself().info().startInstant().orElseThrow().minusSeconds(1);
        StackState.Server server = new StackState.Server(myself().pid(), before, 1);
        assertThat(new StackState(server, server, folder.toString(), "embedded").isRunning())
                .isTrue();
    }

    @Test
    void takesACutOffFileForNone() {
        StackFiles.write(folder.resolve("state"), "metastore.pid=12\nmetastore.star");
        assertThat(StackState.read(folder.resolve("state"))).isEmpty();
    }

    private static ProcessHandle myself() {
        return ProcessHandle.current();
    }

    private static StackState.Server server(ProcessHandle handle, int port) {
        return new StackState.Server(handle.pid(), handle.info().startInstant().orElseThrow(), port);
    }
}
