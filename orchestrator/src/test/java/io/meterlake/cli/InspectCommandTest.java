package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inspect} of formats that need no description. */
class InspectCommandTest {
    private static final String LOCAL_TIMES = """
            UNB+UNOC:3+9900000000001:500+9900000000002:500+260102:1347+REF1'
            UNH+1+MSCONS:D:04B:UN:2.4c'BGM+7+M1+9'DTM+137:202601021315?+00:303'NAD+MS+9900000000001::293'UNS+D'
            NAD+DP'LOC+172+10181928253'LIN+1'PIA+5+1-1?:1.29.0:SRW'
            QTY+220:36.300'DTM+163:202607010000:203'DTM+164:202607010015:203'
            UNT+13+1'UNZ+1+REF1'
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("local.edi"), LOCAL_TIMES);
    }

    @Test
    void rejectsLocalTimesAndSaysWhichOptionWouldTakeThem() {
        CommandRun run = CommandRun.offline(folder, "inspect", "local.edi");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).hasLineCount(1);
        assertThat(run.err())
                .contains("local.edi:11: DTM+163: '202607010000' does not say its offset from UTC. Fix: ")
                .contains("--time-zone");
    }

    @Test
    void takesLocalTimesInTheZoneThatIsGiven() {
        CommandRun run = CommandRun.offline(folder, "inspect", "--time-zone", "Europe/Vienna", "local.edi");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).endsWith("""
                10181928253,1-1:1.29.0,2026-06-30T22:00:00Z,15,36.3,kWh,actual,220,2026-01-02T13:15:00Z
                """);
        assertThat(CommandRun.offline(
                                folder, "inspect", "--format", "mscons", "--time-zone", "Europe/Vienna", "local.edi")
                        .out())
                .isEqualTo(run.out());
    }

    @Test
    void refusesAZoneThatThereIsNot() {
        CommandRun run = CommandRun.offline(folder, "inspect", "--time-zone", "Europe/Vinena", "local.edi");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--time-zone").contains("Europe/Vinena");
    }

    @Test
    void printsReadsOfRegisters() throws IOException {
        Files.writeString(folder.resolve("reads.csv"), """
                100,NEM13,200505161145,CNRGYMDP,NEMMCO
                250,NEM1313042,11,1,11,11,13042,E,99890,20041117093206,A,,,02034,20050217074053,A,,,2144,KWH,,,
                900
                """);
        CommandRun run = CommandRun.offline(folder, "inspect", "reads.csv");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains(",2144,kWh,rolled_over,2005-05-16T01:45:00Z\n");
    }
}
