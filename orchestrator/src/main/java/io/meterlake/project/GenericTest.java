package io.meterlake.project;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test that a property file applies to a model, a seed or a source, or to a column of one.
 *
 * @param testName the test itself, such as {@code not_null}: one of the four that come along, or a {@code {% test %}}
 *     of the project
 * @param attachedTo the unique id of what is tested
 * @param columnName the column under test, or null if the whole table is
 * @param arguments what the test is called with besides {@code model} and {@code column_name}
 */
public record GenericTest(
        String uniqueId,
        String name,
        Location location,
        List<String> fqn,
        Map<String, Object> config,
        String description,
        String testName,
        String attachedTo,
        @Nullable String columnName,
        Map<String, Object> arguments)
        implements Resource {
    public GenericTest {
        fqn = List.copyOf(fqn);
        config = Yaml.copyOf(config);
        arguments = Yaml.copyOf(arguments);
    }

    @Override
    public ResourceType resourceType() {
        return ResourceType.TEST;
    }

    @Override
    public List<Column> columns() {
        return List.of();
    }
}
