package io.meterlake.compile;

import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.Fixture;
import io.meterlake.project.Problems;
import io.meterlake.project.Resource;
import io.meterlake.project.Seed;
import io.meterlake.project.SeedReader;
import io.meterlake.project.SeedTable;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import io.meterlake.project.UnitTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Renders a model for a unit test: with what the test overrides, and with the test's rows in place of tables. */
final class UnitTestCompiler {
    private final Session session;
    private final References references;
    private final Function<SqlResource.Model, String> queries;

    /**
     * @param references where tables are when nothing stands in for them
     * @param queries a model's own query
     */
    UnitTestCompiler(Session session, References references, Function<SqlResource.Model, String> queries) {
        this.session = session;
        this.references = references;
        this.queries = queries;
    }

    /** The test's query; nothing, and problems, if the test cannot be run. */
    Optional<UnitTestQuery> compile(UnitTest test, SqlResource.Model model) {
        Problems problems = new Problems();
        Optional<UnitTestQuery> query = compile(test, model, problems);
        problems.all()
                .forEach(problem -> session.problems()
                        .add(problem.location(), "unit test %s: %s".formatted(test.name(), problem.message())));
        return problems.isEmpty() ? query : Optional.empty();
    }

    private Optional<UnitTestQuery> compile(UnitTest test, SqlResource.Model model, Problems problems) {
        Map<String, UnitTestQuery.Input> inputs = inputs(test, model, problems);
        refuseUneven(test, problems);
        Map<String, Object> overrides = new LinkedHashMap<>(test.overrides().macros());
        Reference itself = references.of(model);
        if (inputs.containsKey(model.uniqueId())) {
            overrides.put("this", new RelationValue(itself.pastedIn()));
        }
        Session overridden = session.overriding(test.overrides(), overrides, problems);
        Optional<Draft> draft = new Renderer(overridden)
                .render(
                        model,
                        read -> inputs.containsKey(read.uniqueId())
                                ? references.of(read).pastedIn()
                                : references.of(read));
        draft.ifPresent(rendered -> {
            rendered.recording().dependsOn.forEach((id, location) -> {
                if (!inputs.containsKey(id)) {
                    problems.add(
                            test.location(),
                            "it gives no rows for %s, which %s reads (%s); add it to given, with rows: [] if they do not matter"
                                    .formatted(written(id), model.name(), location));
                }
            });
            if (rendered.sql().contains(itself.relation().sql())) {
                problems.add(test.location(), "%s reads itself; add input: this to given".formatted(model.name()));
            }
        });
        return draft.map(rendered -> new UnitTestQuery(
                        test.location(),
                        rendered.sql(),
                        rendered.recording().dependsOn.keySet().stream()
                                .flatMap(id -> Optional.ofNullable(inputs.get(id)).stream())
                                .toList(),
                        sql(test.expect(), test, problems)))
                .map(query -> withThis(query, inputs.get(model.uniqueId())));
    }

    private static UnitTestQuery withThis(UnitTestQuery query, UnitTestQuery.@Nullable Input itself) {
        if (itself == null) {
            return query;
        }
        List<UnitTestQuery.Input> all = new ArrayList<>(query.inputs());
        all.add(itself);
        return new UnitTestQuery(query.location(), query.sql(), all, query.expected());
    }

    /** By the unique id of what they stand for. */
    private Map<String, UnitTestQuery.Input> inputs(UnitTest test, SqlResource.Model model, Problems problems) {
        Map<String, UnitTestQuery.Input> inputs = new LinkedHashMap<>();
        for (UnitTest.Input given : test.given()) {
            resource(given, test, model, problems).ifPresent(table -> {
                UnitTestQuery.Input input = new UnitTestQuery.Input(
                        references.of(table).pastedName(),
                        given.table(),
                        given.location(),
                        columnsOf(table, model),
                        rows(given, table, test, problems));
                if (inputs.putIfAbsent(table.uniqueId(), input) != null) {
                    problems.add(given.location(), "input %s is given twice".formatted(given.table()));
                }
            });
        }
        return inputs;
    }

    private Optional<Resource> resource(
            UnitTest.Input given, UnitTest test, SqlResource.Model model, Problems problems) {
        if (given.table().equals("this")) {
            return Optional.of(model);
        }
        return WrittenReference.find(given.table(), given.location(), test, session.collecting(problems), references);
    }

    /** What is pasted into its readers is nowhere to be asked, and a model that is tested may not have been built. */
    private String columnsOf(Resource table, SqlResource.Model model) {
        Reference reference = references.of(table);
        boolean asQuery = reference.pasted() || table.uniqueId().equals(model.uniqueId());
        return asQuery && table instanceof SqlResource.Model read
                ? "(\n" + queries.apply(read) + "\n)"
                : reference.relation().sql();
    }

    private Fixture rows(UnitTest.Input given, Resource table, UnitTest test, Problems problems) {
        if (!(given.rows() instanceof Fixture.OfSeed)) {
            return sql(given.rows(), test, problems);
        }
        if (!(table instanceof Seed seed)) {
            problems.add(
                    given.location(),
                    "input %s has no rows; only those of a seed can be left out".formatted(given.table()));
            return given.rows();
        }
        SeedTable content = SeedReader.read(seed);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable String> values : content.rows()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < content.columns().size(); i++) {
                row.put(content.columns().get(i).name(), values.get(i));
            }
            rows.add(row);
        }
        return new Fixture.Values(Fixture.Format.DICT, Optional.empty(), rows);
    }

    /** A query may have expressions in it; it reads no tables. */
    private Fixture sql(Fixture fixture, UnitTest test, Problems problems) {
        if (!(fixture instanceof Fixture.Query query)) {
            return fixture;
        }
        String text = query.sql();
        if (text.contains("{{") || text.contains("{%")) {
            Session overridden =
                    session.overriding(test.overrides(), test.overrides().macros(), problems);
            ModelScope scope = new ModelScope(overridden, test, References.NONE, new Recording());
            try {
                text = String.valueOf(session.engine().value(test.location(), text, scope, overridden.macros()));
            } catch (TemplateFailure failure) {
                problems.add(failure.location(), failure.reason());
            }
        }
        return new Fixture.Query(query.file(), SqlText.withoutSemicolon(text));
    }

    private static void refuseUneven(UnitTest test, Problems problems) {
        if (test.expect() instanceof Fixture.Values values && !values.rows().isEmpty()) {
            var columns = values.rows().getFirst().keySet();
            values.rows().stream()
                    .filter(row -> !row.keySet().equals(columns))
                    .findFirst()
                    .ifPresent(row -> problems.add(
                            test.location(),
                            "an expected row has the columns %s, and the first one %s"
                                    .formatted(String.join(", ", row.keySet()), String.join(", ", columns))));
        }
    }

    private String written(String id) {
        return session.project().resource(id).map(UnitTestCompiler::written).orElse(id);
    }

    private static String written(Resource resource) {
        return resource instanceof SourceTable source
                ? "source('%s', '%s')".formatted(source.sourceName(), source.name())
                : "ref('%s')".formatted(resource.refName());
    }
}
