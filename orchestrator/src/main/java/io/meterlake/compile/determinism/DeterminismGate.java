package io.meterlake.compile.determinism;

import io.meterlake.compile.CompiledNode;
import io.meterlake.compile.CompiledProject;
import io.meterlake.compile.CompiledSql;
import io.meterlake.compile.ReportDefinition;
import io.meterlake.compile.determinism.GateReport.Exemption;
import io.meterlake.compile.determinism.QueryReader.Order;
import io.meterlake.compile.determinism.QueryReader.Result;
import io.meterlake.project.GenericTest;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.SqlResource;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads every model, analysis and singular test of a compiled project with Trino's parser and looks for what could make
 * the same query on the same data give another result. Pure: asks neither Trino nor the clock.
 *
 * <p>The parser knows no types. A column counts as floating point if the project's files declare it as DOUBLE or REAL,
 * or if the SQL that makes it shows it (a cast, a literal, a function that always gives a DOUBLE), through any number of
 * models. An order counts as total if it holds a key that a test holds or that GROUP BY, DISTINCT or {@code row_number()}
 * make. What is known neither way is let pass as a type, and refused as an order.
 */
public final class DeterminismGate {
    /** The setting under {@code config.meta} that takes a node out, with the reason as its value. */
    public static final String META_KEY = "deterministic";

    private final CompiledProject project;
    private final ProjectFacts facts;
    private final Set<String> reported = new HashSet<>();
    private final Set<String> reports = new HashSet<>();
    private final SqlParser parser = new SqlParser();
    private final Problems errors = new Problems();
    private final Problems warnings = new Problems();
    private final List<Exemption> exemptions = new ArrayList<>();

    private DeterminismGate(CompiledProject project) {
        this.project = project;
        this.facts = new ProjectFacts(project);
        for (ReportDefinition report : project.reports()) {
            reports.add(report.uniqueId());
            addWithParents(report.uniqueId());
            report.details().ifPresent(details -> {
                addWithParents(details.detail());
                addWithParents(details.readings());
            });
        }
    }

    /** Checks a project. Nothing is thrown for what is found. */
    public static GateReport check(CompiledProject project) {
        DeterminismGate gate = new DeterminismGate(project);
        project.nodes().forEach(gate::check);
        return new GateReport(gate.errors.all(), gate.warnings.all(), gate.exemptions);
    }

    private void addWithParents(String id) {
        if (reported.add(id)) {
            project.graph().parents(id).forEach(this::addWithParents);
        }
    }

    private void check(CompiledNode node) {
        // A generic test's SQL is a macro's, which has no line in the project that could be shown for it.
        CompiledSql sql = node.compiled().orElse(null);
        if (sql == null || node.resource() instanceof GenericTest) {
            return;
        }
        QueryReader reader = new QueryReader(facts::of);
        try {
            if (parser.createStatement(sql.rendered()) instanceof Query query) {
                Result result = reader.read(query, Map.of());
                facts.add(node, result.facts());
                if (reports.contains(node.uniqueId())) {
                    checkReportOrder(query, result, reader);
                }
            } else {
                report(
                        node,
                        sql,
                        new Finding(
                                Rule.SYNTAX,
                                1,
                                "this is no query",
                                "write one SELECT; what it makes is built from it"));
            }
        } catch (ParsingException e) {
            String message = "Trino cannot read this SQL: " + e.getErrorMessage();
            report(node, sql, new Finding(Rule.SYNTAX, e.getLineNumber(), message, ""));
            return;
        }
        Object declared = node.config().meta().get(META_KEY);
        List<Finding> findings = reader.findings();
        if (declared == null) {
            findings.forEach(finding -> report(node, sql, finding));
        } else if (declared instanceof String reason && !reason.isBlank()) {
            exemptions.add(new Exemption(node.uniqueId(), node.location(), reason.strip(), findings.size()));
        } else {
            errors.add(
                    node.location(),
                    "meta.%s: expected the reason as text, such as \"ties carry the same value\"".formatted(META_KEY));
        }
    }

    private static void checkReportOrder(Query query, Result result, QueryReader reader) {
        if (result.order() == Order.NONE) {
            reader.add(
                    Rule.REPORT_ORDER,
                    query,
                    "a report without ORDER BY has its lines in any order",
                    "end it with ORDER BY the columns of its grain"
                            + Keys.known(result.facts().keys()));
        } else if (result.order() == Order.WITH_TIES) {
            reader.add(
                    Rule.REPORT_ORDER,
                    query,
                    "the report's ORDER BY leaves lines that are equal in it in any order",
                    "add the columns of a unique key"
                            + Keys.known(result.facts().keys()));
        }
    }

    private void report(CompiledNode node, CompiledSql sql, Finding finding) {
        String message = finding.instead().isEmpty()
                ? finding.message()
                : finding.message() + "; write instead: " + finding.instead();
        boolean builtOrReported = node instanceof CompiledNode.Model || reported.contains(node.uniqueId());
        boolean error = switch (finding.rule()) {
            case SESSION_ZONE -> false;
            case SYNTAX -> builtOrReported || node instanceof CompiledNode.Test;
            default -> reported.contains(node.uniqueId());
        };
        OptionalInt line = node.resource() instanceof SqlResource source
                ? TemplateLines.find(source.rawSql(), sql.rendered(), finding.line())
                : OptionalInt.empty();
        Location place = new Location(node.location().file(), line.orElse(0));
        String shown = line.isPresent()
                ? message
                : "%s (in the compiled line `%s`)".formatted(message, lineOf(sql.rendered(), finding.line()));
        (error ? errors : warnings).add(place, shown);
    }

    private static String lineOf(String sql, int number) {
        return sql.lines().skip(Math.max(0, number - 1)).findFirst().orElse("").strip();
    }
}
