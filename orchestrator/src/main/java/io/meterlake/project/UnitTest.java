package io.meterlake.project;

import java.util.List;
import java.util.Map;

/**
 * What a model makes of rows that a property file gives it.
 *
 * @param name unique among the tests of one model
 * @param model the tested model's name
 * @param testedId the tested model's unique id
 * @param given a table's rows each
 * @param expect the rows that the model makes of them
 */
public record UnitTest(
        String uniqueId,
        String name,
        Location location,
        List<String> fqn,
        Map<String, Object> config,
        String description,
        String model,
        String testedId,
        List<Input> given,
        Fixture expect,
        Overrides overrides)
        implements Resource {
    /**
     * Rows in place of a table.
     *
     * @param table as written: {@code ref('x')}, {@code source('x', 'y')} or {@code this}
     */
    public record Input(Location location, String table, Fixture rows) {}

    /**
     * What names mean while the model is rendered.
     *
     * @param macros what calls of macros and functions give, and what variables such as {@code invocation_id} are
     * @param vars go before the project's variables and those of the command line
     * @param environment goes before the environment
     */
    public record Overrides(Map<String, Object> macros, Map<String, Object> vars, Map<String, String> environment) {
        /** Everything means what it does otherwise. */
        public static final Overrides NONE = new Overrides(Map.of(), Map.of(), Map.of());

        public Overrides {
            macros = Yaml.copyOf(macros);
            vars = Yaml.copyOf(vars);
            environment = Map.copyOf(environment);
        }
    }

    public UnitTest {
        fqn = List.copyOf(fqn);
        config = Yaml.copyOf(config);
        given = List.copyOf(given);
    }

    @Override
    public ResourceType resourceType() {
        return ResourceType.UNIT_TEST;
    }

    @Override
    public List<Column> columns() {
        return List.of();
    }
}
