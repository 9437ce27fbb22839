package io.meterlake.vee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.writer.validate.plausibility.KnownMeters;
import io.meterlake.writer.validate.plausibility.Limit;
import io.meterlake.writer.validate.plausibility.PlausibilityRule;
import io.meterlake.writer.validate.plausibility.PlausibilityRules;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VeeRulesTest {
    @TempDir
    private Path project;

    private PlausibilityRules read(String rules) throws IOException {
        Files.writeString(project.resolve("dbt_project.yml"), "name: p\nvars:\n  vee_rules:\n" + rules);
        return VeeRules.read(project);
    }

    @Test
    void givesTheIngestTheRulesThatRejectAndWhatIsKnownOfMeters() throws IOException {
        Files.createDirectories(project.resolve("seeds"));
        Files.writeString(
                project.resolve("seeds/meters.csv"), "meter_id,meter_class,fuse_kw\nM1,household,43.6\nM2,,\n");
        PlausibilityRules rules = read("""
                    - {name: fuse, check: above_fuse, severity: reject, meter_class: household, max_kw: 43.6}
                    - {name: still, check: frozen, severity: reject, intervals: 12, utility: north, channels: [E1, B1]}
                    - {name: jump, check: spike, severity: warn, factor: 3, history_days: 28}
                """);

        assertThat(rules.rules())
                .containsExactly(
                        new PlausibilityRule(
                                "fuse",
                                new Limit.FuseRating(Optional.of(new BigDecimal("43.6"))),
                                Optional.empty(),
                                Optional.of("household"),
                                Set.of()),
                        new PlausibilityRule(
                                "still",
                                new Limit.NotFrozen(12),
                                Optional.of("north"),
                                Optional.empty(),
                                Set.of("E1", "B1")));
        assertThat(rules.meters().byId())
                .isEqualTo(Map.of(
                        "M1",
                        new KnownMeters.Meter(Optional.of("household"), Optional.of(new BigDecimal("43.6"))),
                        "M2",
                        new KnownMeters.Meter(Optional.empty(), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {name: a, check: negativ, severity: warn}                         | there is no check 'negativ'
                    {name: a, check: negative, severity: refuse}                      | neither warn nor reject
                    {name: a, check: spike, severity: reject, factor: 2, history_days: 9} | it can only warn
                    {name: a, check: frozen, severity: warn, intervals: 1}            | not a whole number of 2 or more
                    {name: a, check: above_fuse, severity: warn, max_kw: -1}          | not a number above 0
                    {name: a, check: gap, severity: warn, min_minute: 5}              | unknown key min_minute
                    {check: negative, severity: warn}                                 | name is missing
                    """)
    void saysWhatIsWrongAndWhere(String rule, String problem) {
        assertThatThrownBy(() -> read("    - " + rule + "\n"))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("dbt_project.yml:4")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThatThrownBy(() -> read("""
                    - {name: a, check: negative, severity: warn}
                    - {name: a, check: overlap, severity: warn}
                """)).hasMessageContaining("dbt_project.yml:5: name: there is another rule a");
    }

    @Test
    void refusesASeedOfMetersWithWrongRowsWhereARuleNeedsIt() throws IOException {
        Files.createDirectories(project.resolve("seeds"));
        Files.writeString(project.resolve("seeds/meters.csv"), "meter_id,meter_class,fuse_kw\nM1,,0\nM1,,\nM2\n");
        assertThatThrownBy(() -> read("    - {name: a, check: negative, severity: reject}\n"))
                .hasMessageContaining("seeds/meters.csv:2: fuse_kw: '0' is not a number above 0")
                .hasMessageContaining("seeds/meters.csv:3: meter M1 is there twice")
                .hasMessageContaining("seeds/meters.csv:4: it has not 3 fields");
    }

    @Test
    void hasNoRulesWithoutAProjectAndReadsThoseOfOurs() {
        assertThat(VeeRules.read(project)).isEqualTo(PlausibilityRules.NONE);
        assertThat(VeeRules.read(Path.of("../sql-models")).rules())
                .as("ours only warn")
                .isEmpty();
    }
}
