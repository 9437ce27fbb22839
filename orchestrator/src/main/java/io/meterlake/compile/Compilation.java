package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.INVALID_MODEL;

import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.Exposure;
import io.meterlake.project.GenericTest;
import io.meterlake.project.Location;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.Seed;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import io.meterlake.project.UnitTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One compilation. A template has to know where the models are that it reads, and where a model is may be said in the
 * model's own template. So each is rendered with what the files say, and once more where that turned out to be wrong.
 */
final class Compilation {
    private final Session session;
    private final List<Resource> resources;
    private final Renderer renderer;
    private final Naming naming;
    private final NodeConfigs nodeConfigs;
    private final Map<String, NodeConfig> configs = new HashMap<>();
    private final Map<String, Reference> references = new HashMap<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, Map<String, Location>> exposed = new HashMap<>();

    Compilation(Session session, List<Resource> resources) {
        this.session = session;
        this.resources = resources;
        this.renderer = new Renderer(session);
        this.naming = new Naming(session);
        this.nodeConfigs = new NodeConfigs(session);
    }

    CompiledProject compile() {
        resources.forEach(this::declare);
        render();
        settle();
        refuseDisabled();
        refuseSharedRelations();
        refuseAccess();
        List<Resource> enabled = resources.stream().filter(this::isEnabled).toList();
        Map<String, CompiledNode> nodes = new TreeMap<>();
        session.problems().throwIfAny(INVALID_MODEL, ProjectCompiler.ACTION, ProjectCompiler.HINT);
        Graph graph = graph(enabled);
        SqlAssembly assembly = new SqlAssembly(graph, drafts);
        for (Resource resource : enabled) {
            if (resource instanceof UnitTest test) {
                unitTest(test, assembly).ifPresent(node -> nodes.put(test.uniqueId(), node));
            } else {
                nodes.put(resource.uniqueId(), node(resource, assembly));
            }
        }
        List<ReportDefinition> reports = reports(enabled);
        List<CompiledHook> start = hooks(session.project().hooks().start());
        List<CompiledHook> end = hooks(session.project().hooks().end());
        NamedSelectors selectors = NamedSelectors.read(session.project(), session.problems());
        session.problems().throwIfAny(INVALID_MODEL, ProjectCompiler.ACTION, ProjectCompiler.HINT);
        return new CompiledProject(
                session,
                graph,
                nodes,
                reports,
                new Inliner(session, renderer, graph, nodes, references),
                selectors,
                start,
                end);
    }

    /** One of which nothing is left, such as for another target, is none. */
    private List<CompiledHook> hooks(List<SqlResource.Analysis> written) {
        return written.stream()
                .flatMap(hook -> renderer.render(hook, this::reference).stream())
                .filter(draft -> !draft.sql().isBlank())
                .map(draft -> new CompiledHook(draft.resource().location(), draft.sql()))
                .toList();
    }

    /** What the files say, before any SQL is rendered. */
    private void declare(Resource resource) {
        try {
            NodeConfig config = nodeConfigs.declared(resource);
            configs.put(resource.uniqueId(), config);
            refer(resource, config);
        } catch (TemplateFailure failure) {
            session.problems().add(failure.location(), failure.reason());
            configs.put(resource.uniqueId(), new NodeConfig(true, List.of(), Map.of(), Map.of()));
            refer(resource, new NodeConfig(true, List.of(), Map.of(), Map.of()));
        }
    }

    private void refer(Resource resource, NodeConfig config) {
        RelationResolver relations = session.options().relations();
        switch (resource) {
            case SqlResource.Model model -> {
                Relation declared = naming.relation(model, config.values());
                boolean pasted = config.text("materialized").orElse("").equals("ephemeral");
                references.put(
                        model.uniqueId(),
                        new Reference(
                                model, relations.node(model, declared), pasted, IncrementalConfig.eventTime(config)));
            }
            case Seed seed -> {
                Relation declared = naming.relation(seed, config.values());
                references.put(
                        seed.uniqueId(),
                        new Reference(
                                seed, relations.node(seed, declared), false, IncrementalConfig.eventTime(config)));
            }
            case SourceTable source ->
                references.put(
                        source.uniqueId(),
                        new Reference(source, relations.source(source), false, IncrementalConfig.eventTime(config)));
            case SqlResource _, GenericTest _, UnitTest _, Exposure _ -> {
                // Nothing can read them.
            }
        }
    }

    private Reference reference(Resource resource) {
        Reference reference = references.get(resource.uniqueId());
        if (reference == null) {
            throw new IllegalStateException("nothing can read " + resource.uniqueId());
        }
        return reference;
    }

    private void render() {
        for (Resource resource : resources) {
            if (isEnabled(resource)) {
                renderer.render(resource, this::reference).ifPresent(draft -> drafts.put(resource.uniqueId(), draft));
            }
        }
    }

    /** Takes in what {@code config()} said, and renders again what was rendered on other terms. */
    private void settle() {
        for (Draft draft : drafts.values()) {
            if (!draft.recording().config.isEmpty()) {
                NodeConfig config = nodeConfigs.withRendered(draft.resource(), draft.recording());
                configs.put(draft.resource().uniqueId(), config);
                refer(draft.resource(), config);
            }
        }
        List<Draft> stale = drafts.values().stream()
                .filter(draft -> !draft.recording().agreesWith(this::reference))
                .toList();
        for (Draft draft : stale) {
            renderer.render(draft.resource(), this::reference)
                    .ifPresent(again -> drafts.put(draft.resource().uniqueId(), again));
        }
    }

    private NodeConfig config(Resource resource) {
        NodeConfig config = configs.get(resource.uniqueId());
        if (config == null) {
            throw new IllegalStateException("no settings for " + resource.uniqueId());
        }
        return config;
    }

    /** A test of what is disabled is disabled as well. */
    private boolean isEnabled(Resource resource) {
        boolean enabled = config(resource).enabled();
        return enabled
                && switch (resource) {
                    case GenericTest test -> isTestable(test.attachedTo());
                    case UnitTest test -> isTestable(test.testedId());
                    default -> true;
                };
    }

    private boolean isTestable(String uniqueId) {
        NodeConfig target = configs.get(uniqueId);
        return target == null || target.enabled();
    }

    private void refuseDisabled() {
        for (Resource resource : resources) {
            if (!isEnabled(resource) || resource instanceof UnitTest) {
                continue;
            }
            needs(resource).forEach((id, location) -> {
                NodeConfig config = configs.get(id);
                if (config != null && !config.enabled()) {
                    session.problems()
                            .add(location, "%s is disabled (enabled: false), so nothing can read it".formatted(id));
                }
            });
        }
    }

    private void refuseAccess() {
        Access access = new Access(configs, session.problems());
        for (Resource resource : resources) {
            if (!isEnabled(resource)) {
                continue;
            }
            if (resource instanceof SqlResource.Model model) {
                access.refuseUnknown(model);
            }
            needs(resource)
                    .forEach((id, location) ->
                            session.project().resource(id).ifPresent(read -> access.refuse(resource, read, location)));
        }
    }

    private void refuseSharedRelations() {
        Map<Relation, String> taken = new HashMap<>();
        for (Resource resource : resources) {
            Reference reference = references.get(resource.uniqueId());
            if (reference == null || resource instanceof SourceTable || !isEnabled(resource)) {
                continue;
            }
            String earlier = taken.putIfAbsent(reference.relation(), resource.uniqueId());
            if (earlier != null) {
                session.problems()
                        .add(
                                resource.location(),
                                "%s and %s would both be %s"
                                        .formatted(
                                                earlier,
                                                resource.uniqueId(),
                                                reference.relation().dotted()));
            }
        }
    }

    /** The unique ids that it names, and where. */
    private Map<String, Location> needs(Resource resource) {
        return switch (resource) {
            case UnitTest test -> Map.of(test.testedId(), test.location());
            case Exposure exposure -> exposed.computeIfAbsent(exposure.uniqueId(), absent -> exposed(exposure));
            default -> {
                Draft draft = drafts.get(resource.uniqueId());
                yield draft == null ? Map.of() : draft.recording().dependsOn;
            }
        };
    }

    private Map<String, Location> exposed(Exposure exposure) {
        Map<String, Location> exposed = new TreeMap<>();
        for (String read : exposure.reads()) {
            WrittenReference.find(read, exposure.location(), exposure, session, this::reference)
                    .ifPresent(resource -> exposed.put(resource.uniqueId(), exposure.location()));
        }
        return exposed;
    }

    private Graph graph(List<Resource> enabled) {
        Map<String, List<String>> dependencies = new HashMap<>();
        for (Resource resource : enabled) {
            dependencies.put(resource.uniqueId(), List.copyOf(needs(resource).keySet()));
        }
        return Graph.of(dependencies);
    }

    private CompiledNode node(Resource resource, SqlAssembly assembly) {
        NodeConfig config = config(resource);
        return switch (resource) {
            case SourceTable source ->
                new CompiledNode.Source(source, config, reference(source).relation());
            case Seed seed ->
                new CompiledNode.SeedNode(seed, config, reference(seed).relation());
            case SqlResource.Model model -> {
                Draft draft = draft(model);
                Materialization materialization = nodeConfigs.materialization(model, config, draft.recording());
                refuseEmpty(draft);
                refuseLateBegin(draft, config);
                yield new CompiledNode.Model(
                        model,
                        config,
                        reference(model).relation(),
                        materialization,
                        new Contracts(session.problems()).read(model, config, materialization),
                        assembly.compiled(draft));
            }
            case SqlResource.Analysis analysis ->
                new CompiledNode.Analysis(analysis, config, assembly.compiled(draft(analysis)));
            case SqlResource.SingularTest test -> test(test, config, assembly);
            case GenericTest test -> test(test, config, assembly);
            case Exposure exposure ->
                new CompiledNode.Exposure(
                        exposure, config, List.copyOf(needs(exposure).keySet()));
            case UnitTest test ->
                throw new IllegalArgumentException("a unit test has no SQL of its own: " + test.name());
        };
    }

    private Optional<CompiledNode> unitTest(UnitTest test, SqlAssembly assembly) {
        UnitTestCompiler compiler = new UnitTestCompiler(
                session,
                this::reference,
                model -> assembly.compiled(draft(model)).sql());
        return session.project().resource(test.testedId()).stream()
                .filter(SqlResource.Model.class::isInstance)
                .map(SqlResource.Model.class::cast)
                .findFirst()
                .flatMap(model -> compiler.compile(test, model))
                .map(query -> new CompiledNode.UnitTest(test, config(test), query));
    }

    private CompiledNode test(Resource resource, NodeConfig config, SqlAssembly assembly) {
        Draft draft = draft(resource);
        refuseEmpty(draft);
        return new CompiledNode.Test(
                resource, config, nodeConfigs.test(resource, config, draft.recording()), assembly.compiled(draft));
    }

    private Draft draft(Resource resource) {
        Draft draft = drafts.get(resource.uniqueId());
        if (draft == null) {
            throw new IllegalStateException(resource.uniqueId() + " was not rendered");
        }
        return draft;
    }

    private void refuseEmpty(Draft draft) {
        if (SqlText.isEmpty(draft.sql())) {
            session.problems()
                    .add(draft.resource().location(), "there is no SQL in it, or nothing is left when it is rendered");
        }
    }

    /** Inputs that were handed out before it was known have all their days. */
    private void refuseLateBegin(Draft draft, NodeConfig config) {
        Days known = draft.recording().sinceBegin;
        if (known != null
                && !known.equals(
                        Days.ALL.since(IncrementalConfig.begin(config.values()).orElse(LocalDate.MIN)))) {
            session.problems()
                    .add(
                            draft.resource().location(),
                            "config begin must be a day such as '2026-01-01', in a property file or in config() above the"
                                    + " first ref or source");
        }
    }

    private List<ReportDefinition> reports(List<Resource> enabled) {
        List<ReportDefinition> reports = new ArrayList<>();
        Map<String, SqlResource.Model> models = new HashMap<>();
        for (Resource resource : enabled) {
            if (resource instanceof SqlResource.Model model) {
                models.put(model.name(), model);
            }
        }
        for (Resource resource : enabled) {
            if (resource instanceof SqlResource.Analysis analysis) {
                ReportDefinitions.read(analysis, models, config(analysis), session.problems())
                        .ifPresent(reports::add);
            }
        }
        return reports;
    }
}
