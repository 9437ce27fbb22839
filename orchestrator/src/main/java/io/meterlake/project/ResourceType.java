package io.meterlake.project;

import java.util.Arrays;
import java.util.List;

/** What a project consists of, in dbt's words. */
public enum ResourceType {
    SOURCE("source"),
    SEED("seed"),
    MODEL("model"),
    TEST("test"),
    UNIT_TEST("unit_test"),
    ANALYSIS("analysis"),
    EXPOSURE("exposure");

    private final String word;

    ResourceType(String word) {
        this.word = word;
    }

    /** As it stands in unique ids and in {@code --resource-type}. */
    public String word() {
        return word;
    }

    /** Whether it is selected along with what it tests. */
    public boolean isTest() {
        return this == TEST || this == UNIT_TEST;
    }

    /** Every word there is. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ResourceType::word).toList();
    }
}
