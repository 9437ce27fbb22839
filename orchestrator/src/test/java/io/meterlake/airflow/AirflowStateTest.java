package io.meterlake.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.devstack.RecordedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder remembers of an Airflow. */
class AirflowStateTest {
    private static final RecordedProcess MYSELF = RecordedProcess.of(ProcessHandle.current());

    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() {
        AirflowState state = new AirflowState(8081, Map.of(AirflowPart.SCHEDULER, MYSELF));
        state.write(folder.resolve("state"));

        assertThat(AirflowState.read(folder.resolve("state"))).contains(state);
        assertThat(state.isRunning(AirflowPart.SCHEDULER)).isTrue();
        assertThat(state.isRunning(AirflowPart.TRIGGERER)).isFalse();
    }

    @Test
    void doesNotTakeAnotherProcessWithTheSameIdForAPart() {
        RecordedProcess reused =
                new RecordedProcess(MYSELF.pid(), MYSELF.started().minusSeconds(60));
        assertThat(new AirflowState(8081, Map.of(AirflowPart.SCHEDULER, reused)).isRunning(AirflowPart.SCHEDULER))
                .isFalse();
    }

    @Test
    void takesACutOffFileForNone() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "port=8081\nscheduler.pid=12\nscheduler.sta");
        assertThat(AirflowState.read(file)).isEmpty();
    }

    @Test
    void forgetsPartsThatWereStopped() {
        AirflowState state = new AirflowState(8081, Map.of()).with(AirflowPart.SCHEDULER, MYSELF);
        assertThat(state.without(AirflowPart.SCHEDULER)).isEqualTo(new AirflowState(8081, Map.of()));
    }
}
