package io.meterlake.compile.template;

import com.hubspot.jinjava.tree.Node;
import io.meterlake.project.Location;
import java.util.List;
import java.util.Optional;

/**
 * A macro of the project, or a generic test, which is a macro named {@code test_<name>}.
 *
 * @param takesAnything whether the body uses {@code kwargs} or {@code varargs}
 */
public record Macro(
        String name, Location location, List<Parameter> parameters, List<Node> body, boolean takesAnything) {
    /**
     * A parameter.
     *
     * @param standard the expression of its default
     */
    public record Parameter(String name, Optional<String> standard) {}

    public Macro {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }

    public List<String> parameterNames() {
        return parameters.stream().map(Parameter::name).toList();
    }
}
