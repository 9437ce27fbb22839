package io.meterlake.compile;

import io.meterlake.compile.template.Macro;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The macros that a project's templates can call, by name: its own, and those that come along where it has none of the name.
 * The latter are read only when somebody asks for one, since many projects never do. Thread-safe once the own ones are there.
 */
final class ProjectMacros extends AbstractMap<String, Macro> {
    private final Supplier<List<Macro>> builtInReader;
    private Map<String, Macro> own = Map.of();
    private @Nullable Map<String, Macro> builtIn;

    /** @param builtIn reads those that come along, {@link BuiltInTests#MACROS} */
    ProjectMacros(Supplier<List<Macro>> builtIn) {
        this.builtInReader = builtIn;
    }

    void own(Map<String, Macro> macros) {
        own = new LinkedHashMap<>(macros);
    }

    /** The same less some of the project's own. */
    ProjectMacros without(Set<String> names) {
        ProjectMacros others = new ProjectMacros(builtInReader);
        others.own(own);
        others.own.keySet().removeAll(names);
        return others;
    }

    /** One of the project's own. */
    Optional<Macro> find(String name) {
        return Optional.ofNullable(own.get(name));
    }

    /** Whether it comes along, and the project has none of its own. */
    boolean isBuiltIn(String name) {
        return BuiltInTests.MACROS.contains(name) && !own.containsKey(name);
    }

    /** One that comes along. */
    synchronized Macro builtIn(String name) {
        if (builtIn == null) {
            builtIn = new LinkedHashMap<>();
            for (Macro macro : builtInReader.get()) {
                builtIn.put(macro.name(), macro);
            }
        }
        return Objects.requireNonNull(builtIn.get(name), name);
    }

    @Override
    public @Nullable Macro get(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        return isBuiltIn(name) ? builtIn(name) : own.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && (own.containsKey(name) || BuiltInTests.MACROS.contains(name));
    }

    @Override
    public Set<String> keySet() {
        Set<String> names = new TreeSet<>(own.keySet());
        names.addAll(BuiltInTests.MACROS);
        return names;
    }

    @Override
    public Set<Map.Entry<String, Macro>> entrySet() {
        Map<String, Macro> all = new LinkedHashMap<>(own);
        for (String name : BuiltInTests.MACROS) {
            if (isBuiltIn(name)) {
                all.put(name, builtIn(name));
            }
        }
        return all.entrySet();
    }
}
