package io.meterlake.retention;

import static io.meterlake.retention.RetentionErrorCode.INVALID_RETENTION_POLICY;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Problems;
import io.meterlake.project.YamlMapping;
import io.meterlake.project.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a {@link RetentionPolicy} from YAML. Collects all that is wrong, each with its line. */
public final class PolicyFile {
    private static final String KEEP = "keep";
    private static final String AT_LEAST = "keep_at_least";
    private static final List<Moment> CREATED = List.of(Moment.CREATED);

    private final Problems problems = new Problems();

    private PolicyFile() {}

    /**
     * Reads a policy.
     *
     * @throws MeterlakeException {@code INVALID_RETENTION_POLICY} with all that is wrong
     */
    public static RetentionPolicy read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MeterlakeException(
                    INVALID_RETENTION_POLICY,
                    "Cannot read the retention policy " + file + ": there is no such file",
                    "Write one, such as Meterlake's own retention.yml; or name another with --policy or the setting"
                            + " retention.policy.");
        }
        PolicyFile reader = new PolicyFile();
        Optional<YamlMapping> root = YamlReader.read(file, String.valueOf(file.getFileName()), reader.problems);
        RetentionPolicy policy = reader.policy(root.orElse(null));
        reader.problems.throwIfAny(
                INVALID_RETENTION_POLICY,
                "Cannot use the retention policy " + file,
                "Mend the lines above; docs/retention.md tells what can be written.");
        return policy;
    }

    private RetentionPolicy policy(@Nullable YamlMapping root) {
        YamlMapping snapshots = section(root, "the policy", List.of("snapshots", "reports"), "snapshots");
        YamlMapping reports = section(root, "the policy", List.of("snapshots", "reports"), "reports");
        List<String> kinds = List.of("runs", "failed_runs", "manual");
        List<String> states = List.of("drafts", "signed", "superseded");
        if (snapshots != null) {
            snapshots.refuseUnknownKeys("snapshots", kinds);
        }
        if (reports != null) {
            reports.refuseUnknownKeys("reports", states);
        }
        return new RetentionPolicy(
                rule(snapshots, "runs"),
                rule(snapshots, "failed_runs"),
                rule(snapshots, "manual"),
                time(reports, "drafts", List.of(Moment.CREATED, Moment.PERIOD_END)),
                time(reports, "signed", List.of(Moment.SIGNED, Moment.CREATED, Moment.PERIOD_END)),
                time(
                        reports,
                        "superseded",
                        List.of(Moment.SUPERSEDED, Moment.SIGNED, Moment.CREATED, Moment.PERIOD_END)));
    }

    private @Nullable YamlMapping section(@Nullable YamlMapping root, String what, List<String> known, String key) {
        if (root == null) {
            return null;
        }
        root.refuseUnknownKeys(what, known);
        return root.mapping(key).orElse(null);
    }

    private RetentionPolicy.Rule rule(@Nullable YamlMapping snapshots, String kind) {
        YamlMapping mapping = snapshots == null ? null : snapshots.mapping(kind).orElse(null);
        if (mapping == null) {
            return RetentionPolicy.Rule.FOREVER;
        }
        mapping.refuseUnknownKeys("snapshots." + kind, List.of(KEEP, AT_LEAST));
        return new RetentionPolicy.Rule(keep(mapping, "snapshots." + kind, CREATED), atLeast(mapping));
    }

    private KeepTime time(@Nullable YamlMapping reports, String state, List<Moment> moments) {
        YamlMapping mapping = reports == null ? null : reports.mapping(state).orElse(null);
        if (mapping == null) {
            return new KeepTime.Forever();
        }
        mapping.refuseUnknownKeys("reports." + state, List.of(KEEP));
        KeepTime time = keep(mapping, "reports." + state, moments);
        if (time instanceof KeepTime.For kept && kept.period().isZero()) {
            // Rather a slip than a policy, and what it takes away no report can be rebuilt without.
            problems.add(
                    mapping.location(KEEP),
                    "reports." + state + ".keep: '" + mapping.text(KEEP).orElseThrow()
                            + "' keeps nothing of a report: write 1 day or more");
        }
        return time;
    }

    private KeepTime keep(YamlMapping mapping, String what, List<Moment> moments) {
        Optional<String> text = mapping.text(KEEP);
        if (text.isEmpty()) {
            if (!mapping.has(KEEP)) {
                problems.add(mapping.location(KEEP), what + ": keep is missing");
            }
            return new KeepTime.Forever();
        }
        try {
            return KeepTime.parse(text.get(), moments);
        } catch (IllegalArgumentException e) {
            problems.add(mapping.location(KEEP), what + ".keep: " + e.getMessage());
            return new KeepTime.Forever();
        }
    }

    private int atLeast(YamlMapping mapping) {
        String text = mapping.text(AT_LEAST).orElse("0");
        if (text.matches("[0-9]{1,6}")) {
            return Integer.parseInt(text);
        }
        problems.add(mapping.location(AT_LEAST), AT_LEAST + ": '" + text + "' is not a whole number of 0 or more");
        return 0;
    }
}
