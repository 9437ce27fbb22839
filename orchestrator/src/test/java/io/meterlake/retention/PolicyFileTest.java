package io.meterlake.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
    @TempDir
    private Path folder;

    private RetentionPolicy read(String text) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("retention.yml"), text));
    }

    @Test
    void readsThePolicyThatMeterlakeShips() {
        RetentionPolicy policy = PolicyFile.read(Path.of("..", "retention.yml"));
        assertThat(policy.runs())
                .isEqualTo(new RetentionPolicy.Rule(new KeepTime.For(Period.ofDays(35), Moment.CREATED), 3));
        assertThat(policy.signed()).isEqualTo(new KeepTime.For(Period.ofMonths(28), Moment.PERIOD_END));
        assertThat(policy.superseded()).isEqualTo(new KeepTime.For(Period.ofMonths(28), Moment.SUPERSEDED));
    }

    @Test
    void keepsForGoodWhatItDoesNotMention() throws IOException {
        RetentionPolicy policy = read("snapshots:\n  manual: {keep: 1 year}\n");
        assertThat(policy.manual().keep()).isEqualTo(new KeepTime.For(Period.ofYears(1), Moment.CREATED));
        assertThat(policy.runs()).isEqualTo(RetentionPolicy.Rule.FOREVER);
        assertThat(policy.signed()).isEqualTo(new KeepTime.Forever());
        assertThat(read("")).isEqualTo(read("reports: {drafts: {keep: forever}}\n"));
    }

    @Test
    void saysAllThatIsWrongWithTheLines() {
        assertThatThrownBy(() -> read("""
                snapshots:
                  run: {keep: 35 days}
                  failed_runs: {keep: 2 dais}
                  manual: {keep_at_least: -1}
                reports:
                  signed: {keep: 28 months after periodend}
                  drafts: {keep: 90 days, keep_at_least: 2}
                  superseded: {keep: soon}
                report: {}
                """))
                .isInstanceOfSatisfying(
                        MeterlakeException.class,
                        e -> assertThat(e.code()).isEqualTo(RetentionErrorCode.INVALID_RETENTION_POLICY))
                .hasMessageContaining("8 problems")
                .hasMessageContaining("retention.yml:2: unknown key run in snapshots; did you mean 'runs'?")
                .hasMessageContaining(
                        "retention.yml:3: snapshots.failed_runs.keep: unknown unit dais; did you mean 'days'?")
                .hasMessageContaining("retention.yml:4: snapshots.manual: keep is missing")
                .hasMessageContaining("retention.yml:4: keep_at_least: '-1' is not a whole number")
                .hasMessageContaining(
                        "retention.yml:6: reports.signed.keep: nothing here counts after periodend; did you mean 'period_end'?")
                .hasMessageContaining("retention.yml:7: unknown key keep_at_least in reports.drafts")
                .hasMessageContaining("retention.yml:8: reports.superseded.keep: 'soon' is no time")
                .hasMessageContaining("retention.yml:9: unknown key report in the policy; did you mean 'reports'?");
    }

    @Test
    void refusesToKeepNothingOfAReport() throws IOException {
        assertThatThrownBy(() -> read("reports:\n  signed: {keep: 0 days after period_end}\n"))
                .hasMessageContaining("retention.yml:2: reports.signed.keep: '0 days after period_end' keeps nothing");
        assertThat(read("snapshots:\n  manual: {keep: 0 days}\n").manual().keep())
                .isEqualTo(new KeepTime.For(Period.ZERO, Moment.CREATED));
    }

    @Test
    void saysWhereAPolicyIsMissing() {
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.yml")))
                .isInstanceOfSatisfying(
                        MeterlakeException.class, e -> assertThat(e.hint()).contains("retention.policy"))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void countsMonthsByTheCalendar() {
        KeepTime time = KeepTime.parse("1 month", java.util.List.of(Moment.CREATED));
        assertThat(time.until(moment -> Instant.parse("2027-01-31T12:00:00Z")))
                .contains(Instant.parse("2027-02-28T12:00:00Z"));
    }
}
