package io.meterlake.vee;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import io.meterlake.project.YamlReader;
import io.meterlake.writer.validate.plausibility.KnownMeters;
import io.meterlake.writer.validate.plausibility.PlausibilityRule;
import io.meterlake.writer.validate.plausibility.PlausibilityRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the rules of a SQL project. */
public final class VeeRules {
    private static final String PROJECT = "dbt_project.yml";
    private static final String METERS = "seeds/meters.csv";

    private VeeRules() {}

    /**
     * The rules whose readings are rejected; all others are checked for what is wrong with them.
     *
     * @param project the folder of the SQL project
     * @return none if there is no project
     * @throws MeterlakeException {@code INVALID_RULES} with all that is wrong
     */
    public static PlausibilityRules read(Path project) {
        if (!Files.isRegularFile(project.resolve(PROJECT))) {
            return PlausibilityRules.NONE;
        }
        Problems problems = new Problems();
        List<PlausibilityRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        YamlReader.read(project.resolve(PROJECT), PROJECT, problems)
                .flatMap(settings -> settings.mapping("vars"))
                .map(vars -> vars.mappings("vee_rules"))
                .orElse(List.of())
                .forEach(rule -> {
                    new RuleReader(rule, problems).read().ifPresent(rules::add);
                    refuseTwice(rule, names, problems);
                });
        // What is known of the meters is only needed, and read, for them.
        KnownMeters meters =
                rules.isEmpty() ? KnownMeters.NONE : MeterSeed.read(project.resolve(METERS), METERS, problems);
        problems.throwIfAny(
                VeeErrorCode.INVALID_RULES,
                "Cannot use the VEE rules of " + project,
                "Mend the lines above; docs/vee.md tells what can be written.");
        return new PlausibilityRules(rules, meters);
    }

    private static void refuseTwice(YamlMapping rule, Set<String> names, Problems problems) {
        rule.text("name")
                .filter(name -> !names.add(name))
                .ifPresent(name -> problems.add(rule.location("name"), "name: there is another rule " + name));
    }
}
