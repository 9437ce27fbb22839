package io.meterlake.run;

import io.meterlake.compile.Selection;
import io.meterlake.project.ResourceType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands that run a plan. */
public enum RunKind {
    /** The selected models. */
    RUN(true),
    /** Seeds, models and tests, each model behind its unit tests and the tests of what it reads. */
    BUILD(true),
    /** Tests of what is published. */
    TEST(false),
    /** The selected seeds. */
    SEED(false);

    private final boolean pins;

    RunKind(boolean pins) {
        this.pins = pins;
    }

    /** The kind of a command; empty if it runs no plan. */
    public static Optional<RunKind> of(String command) {
        return Stream.of(values())
                .filter(kind -> kind.command().equals(command))
                .findFirst();
    }

    /** As it is called, such as {@code build}. */
    public String command() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it builds models, and so reads a snapshot. */
    public boolean pins() {
        return pins;
    }

    private static boolean isOfTests(Selection selection) {
        return !selection.resourceTypes().isEmpty()
                && selection.resourceTypes().stream().allMatch(ResourceType::isTest);
    }

    /** The selection, less what this kind does not work on. */
    Selection narrow(Selection selection) {
        return switch (this) {
            case RUN -> selection.of(ResourceType.MODEL);
            case TEST -> isOfTests(selection) ? selection : selection.of(ResourceType.TEST, ResourceType.UNIT_TEST);
            case SEED -> selection.of(ResourceType.SEED);
            case BUILD ->
                selection.resourceTypes().isEmpty()
                        ? selection.of(ResourceType.SEED, ResourceType.MODEL, ResourceType.TEST, ResourceType.UNIT_TEST)
                        : selection;
        };
    }
}
