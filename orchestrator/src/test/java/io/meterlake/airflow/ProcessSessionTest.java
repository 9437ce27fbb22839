package io.meterlake.airflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.devstack.RecordedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What a part that was killed leaves behind is found by its session. */
class ProcessSessionTest {
    static boolean isLinuxWithSetsid() {
        return new java.io.File("/usr/bin/setsid").canExecute() && new java.io.File("/proc/self/stat").exists();
    }

    @Test
    @EnabledIf("isLinuxWithSetsid")
    void findsTheChildrenOfOneThatWasKilledAndNobodyElse() throws IOException {
        // `wait`, lest the shell become its last command.
        Process part = new ProcessBuilder("/usr/bin/setsid", "sh", "-c", "sleep 600 & echo $!; wait").start();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try (BufferedReader out = part.inputReader(UTF_8)) {
            long child = Long.parseLong(out.readLine());
            RecordedProcess recorded = RecordedProcess.of(part.toHandle());
            part.destroyForcibly().onExit().join();

            assertThat(ProcessSession.followers(recorded))
                    .extracting(ProcessHandle::pid)
                    .containsExactly(child);
            ProcessSession.followers(recorded).forEach(one -> RecordedProcess.end(one, Duration.ofSeconds(10)));
            assertThat(ProcessSession.followers(recorded)).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
            part.destroyForcibly();
        }
    }
}
