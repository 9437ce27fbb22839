package io.meterlake.project;

import java.util.List;
import java.util.Map;

/** Something that the project declares and that has a place in its graph. */
public sealed interface Resource permits SqlResource, GenericTest, UnitTest, Seed, SourceTable, Exposure {
    /** dbt's id, such as {@code model.meterlake.fct_settlement}; unique in the project. */
    String uniqueId();

    /** The name that {@code --select} uses. */
    String name();

    /** The name by which {@code ref} knows it, whatever its version. */
    default String refName() {
        return name();
    }

    ResourceType resourceType();

    /** Where it is defined: its own file, or the line of a property file. */
    Location location();

    /** The project's name, the folders and the name: what {@code +config} by folder and {@code --select a.b} go by. */
    List<String> fqn();

    /**
     * The settings from {@code dbt_project.yml} and the property files, merged. A {@code config()} inside the SQL is
     * not in here: it is known only when the SQL is rendered.
     */
    Map<String, Object> config();

    String description();

    List<Column> columns();
}
