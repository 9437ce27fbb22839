package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code report} says before any server is asked. */
class ReportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void refusesARunTypeThatThereIsNot() {
        CommandRun run = CommandRun.offline(
                folder, "report", "run", "settlement", "--period", "2026-01", "--run-type", "first-corection");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("Cannot use the run type 'first-corection': there is none of this name;"
                        + " did you mean 'first-correction'?")
                .contains("Fix: Use one of initial, first-correction, second-correction,");
    }

    @Test
    void listsTheRunTypes() {
        CommandRun help = CommandRun.offline(folder, "report", "run", "--help");
        assertThat(help.out().replaceAll("\\s+", " "))
                .contains("initial, first-correction, second-correction, third-correction, fourth-correction,"
                        + " fifth-correction, final, dispute (default: initial)");
    }

    @Test
    void listsItsCommandsInTheOrderOfAReportsLife() {
        CommandRun help = CommandRun.offline(folder, "report", "--help");
        assertThat(help.out())
                .containsPattern(Pattern.compile(
                        "^  run .*^  list .*^  show .*^  sign .*^  verify .*^  reproduce .*^  diff .*^  impact ",
                        Pattern.DOTALL | Pattern.MULTILINE));
        assertThat(CommandRun.offline(folder, "report", "sign", "--help").out()).contains("--supersede-newer");
    }
}
