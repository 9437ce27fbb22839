package io.meterlake.compile;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.project.Exposure;
import io.meterlake.project.GenericTest;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.Resource;
import io.meterlake.project.SqlResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may read which model, by dbt's rules: a private one is for the nodes of its own group. */
final class Access {
    private static final String PRIVATE = "private";
    private static final List<String> WORDS = List.of(PRIVATE, "protected", "public");

    private final Map<String, NodeConfig> configs;
    private final Problems problems;

    /** @param configs by unique id */
    Access(Map<String, NodeConfig> configs, Problems problems) {
        this.configs = configs;
        this.problems = problems;
    }

    /** What a model's access is: {@code protected} unless it says otherwise. */
    static String of(NodeConfig config) {
        return config.text("access").orElse("protected");
    }

    void refuseUnknown(SqlResource.Model model) {
        NodeConfig config = configs.get(model.uniqueId());
        if (config == null) {
            return;
        }
        String access = of(config);
        if (!WORDS.contains(access)) {
            problems.add(
                    model.location(),
                    "%s: access '%s' does not exist%s".formatted(model.name(), access, question(access, WORDS)));
        }
        if (access.equals("public") && config.text("materialized").orElse("").equals("ephemeral")) {
            problems.add(
                    model.location(),
                    "%s is public and ephemeral: nothing is built of it that others could read"
                            .formatted(model.name()));
        }
    }

    void refuse(Resource reader, Resource read, Location location) {
        NodeConfig config = configs.get(read.uniqueId());
        if (!(read instanceof SqlResource.Model)
                || config == null
                || !of(config).equals(PRIVATE)) {
            return;
        }
        Optional<String> group = config.text("group");
        // As in dbt, what is outside of the project belongs to no group, not even to none.
        if (reader instanceof Exposure || !group(reader).equals(group)) {
            problems.add(
                    location,
                    "%s must not read %s, which is private to %s"
                            .formatted(
                                    reader.name(),
                                    read.name(),
                                    group.map(name -> "group " + name).orElse("those without a group")));
        }
    }

    private Optional<String> group(Resource reader) {
        String id = reader instanceof GenericTest test ? test.attachedTo() : reader.uniqueId();
        return Optional.ofNullable(configs.get(id)).flatMap(config -> config.text("group"));
    }
}
