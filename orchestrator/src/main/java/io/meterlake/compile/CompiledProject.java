package io.meterlake.compile;

import static io.meterlake.compile.CompileErrorCode.UNKNOWN_REPORT;
import static io.meterlake.error.DidYouMean.question;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.Location;
import io.meterlake.project.Problems.Problem;
import io.meterlake.project.Project;
import io.meterlake.project.SqlResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A compiled project. Immutable and thread-safe. */
public final class CompiledProject {
    /** The dbt whose language it is compiled by. */
    public static final String DBT_VERSION = DbtValues.VERSION;

    private final Session session;
    private final Graph graph;
    private final Map<String, CompiledNode> nodes;
    private final List<CompiledNode> ordered;
    private final List<ReportDefinition> reports;
    private final Inliner inliner;
    private final NamedSelectors namedSelectors;
    private final List<CompiledHook> startHooks;
    private final List<CompiledHook> endHooks;

    CompiledProject(
            Session session,
            Graph graph,
            Map<String, CompiledNode> nodes,
            List<ReportDefinition> reports,
            Inliner inliner,
            NamedSelectors namedSelectors,
            List<CompiledHook> startHooks,
            List<CompiledHook> endHooks) {
        this.session = session;
        this.graph = graph;
        this.nodes = Map.copyOf(nodes);
        this.ordered = graph.order().stream()
                .flatMap(id -> Optional.ofNullable(nodes.get(id)).stream())
                .toList();
        this.reports = List.copyOf(reports);
        this.inliner = inliner;
        this.namedSelectors = namedSelectors;
        this.startHooks = List.copyOf(startHooks);
        this.endHooks = List.copyOf(endHooks);
    }

    public Project project() {
        return session.project();
    }

    public CompileOptions options() {
        return session.options();
    }

    public Graph graph() {
        return graph;
    }

    /** What is executed before the first node of a run. */
    public List<CompiledHook> startHooks() {
        return startHooks;
    }

    /** What is executed after its last node, whatever became of them. */
    public List<CompiledHook> endHooks() {
        return endHooks;
    }

    /** What in it may be meant as it is, by place. */
    public List<Problem> warnings() {
        return Stream.concat(project().warnings().stream(), session.problems().warnings().stream())
                .sorted()
                .toList();
    }

    NamedSelectors namedSelectors() {
        return namedSelectors;
    }

    /** Every enabled node, dependencies first, the order always the same. */
    public List<CompiledNode> nodes() {
        return ordered;
    }

    /** A node by its unique id. */
    public Optional<CompiledNode> node(String uniqueId) {
        return Optional.ofNullable(nodes.get(uniqueId));
    }

    /**
     * The selected nodes, dependencies first. A test is selected with any of the nodes that it tests, as dbt does.
     *
     * @throws MeterlakeException if a selector cannot be read or matches no node
     */
    public List<CompiledNode> select(Selection selection) {
        return new NodeSelector(this, selection).select();
    }

    /** The reports that the project defines, by name. */
    public List<ReportDefinition> reports() {
        return reports;
    }

    /**
     * A report by its name.
     *
     * @throws MeterlakeException if there is none, with the nearest name
     */
    public ReportDefinition report(String name) {
        List<String> names = reports.stream().map(ReportDefinition::name).toList();
        return reports.stream()
                .filter(report -> report.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MeterlakeException(
                        UNKNOWN_REPORT,
                        "Cannot find report %s: the project defines %s%s"
                                .formatted(
                                        name,
                                        names.isEmpty() ? "none" : String.join(", ", names),
                                        question(name, names)),
                        "A report is an analysis with config.meta.report in its property file."));
    }

    /**
     * A node's query with every model that it reads pasted in.
     *
     * @param uniqueId of a model, an analysis or a test
     * @throws IllegalArgumentException if it is not
     */
    public InlinedQuery inline(String uniqueId) {
        CompiledNode node = node(uniqueId)
                .filter(candidate -> candidate.compiled().isPresent())
                .orElseThrow(() -> new IllegalArgumentException("no query: " + uniqueId));
        return inliner.inline(node);
    }

    /**
     * Compiles SQL that is not part of the project, such as {@code show --inline}'s.
     *
     * @param name stands for the file's name in messages
     */
    public CompiledSql adHoc(String name, String sql) {
        String project = project().name();
        return inliner.adHoc(new SqlResource.Analysis(
                "sqloperation." + project + "." + name,
                name,
                Location.of(name),
                List.of(project, name),
                Map.of(),
                "",
                List.of(),
                sql));
    }
}
