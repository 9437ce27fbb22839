package io.meterlake.compile;

import io.meterlake.compile.template.Scope;
import io.meterlake.compile.template.TemplateFunction;
import io.meterlake.project.Resource;
import io.meterlake.project.SqlResource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What dbt's names mean in the template of one node. */
final class ModelScope implements Scope {
    private static final Set<String> VARIABLES = Set.of(
            "target",
            "this",
            "config",
            "adapter",
            "exceptions",
            "execute",
            "project_name",
            "model",
            "flags",
            "schema",
            "database",
            "dbt_version");

    private final Session session;
    private final Resource resource;
    private final ReferenceFunctions references;
    private final ConfigFunctions config;
    private final Recording recording;

    ModelScope(Session session, Resource resource, References references, Recording recording) {
        this.session = session;
        this.resource = resource;
        this.recording = recording;
        this.references = new ReferenceFunctions(session, resource, references, recording);
        this.config = new ConfigFunctions(session, resource, recording);
    }

    @Override
    public Optional<Object> variable(String name) {
        Optional<Object> overridden = Optional.ofNullable(session.overrides().get(name));
        return overridden.isPresent() ? overridden : own(name);
    }

    private Optional<Object> own(String name) {
        return switch (name) {
            case "this" -> references.self();
            case "config" -> Optional.of(config);
            case "execute" -> Optional.of(true);
            case "target" -> Optional.of(DbtValues.target(session.options().target(), session.project()));
            case "schema" -> Optional.of(session.options().target().schema());
            case "database" -> Optional.of(session.options().target().catalog());
            case "project_name" -> Optional.of(session.project().name());
            case "dbt_version" -> Optional.of(DbtValues.VERSION);
            case "flags" -> Optional.of(DbtValues.FLAGS);
            case "model" -> Optional.of(DbtValues.node(resource));
            case "exceptions" -> Optional.of(DbtFunctions.EXCEPTIONS);
            case "adapter" -> Optional.of(new Adapter(session, this));
            default ->
                name.equals(session.project().name())
                        ? Optional.of(new MacroNamespace(session, this))
                        : Optional.empty();
        };
    }

    @Override
    public Optional<TemplateFunction> function(String name) {
        Object overridden = session.overrides().get(name);
        if (overridden != null) {
            return Optional.of(_ -> overridden);
        }
        return switch (name) {
            case "ref" -> Optional.of(references::ref);
            case "source" -> Optional.of(references::source);
            case "config" -> Optional.of(config::set);
            case "var" -> Optional.of(arguments -> DbtFunctions.var(arguments, session, recording));
            case "env_var" -> Optional.of(arguments -> DbtFunctions.environment(arguments, session));
            case "is_incremental" -> Optional.of(_ -> isIncremental());
            default -> DbtFunctions.find(name);
        };
    }

    private boolean isIncremental() {
        return resource instanceof SqlResource.Model model
                && session.options().relations().increment(model).isPresent();
    }

    @Override
    public Optional<String> refusal(String name) {
        return DbtFunctions.refusal(name);
    }

    @Override
    public Collection<String> names() {
        Set<String> names = new TreeSet<>(VARIABLES);
        names.addAll(Set.of("ref", "source", "var", "env_var", "is_incremental"));
        names.addAll(DbtFunctions.names());
        return names;
    }
}
