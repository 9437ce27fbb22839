package io.meterlake.compile;

import static io.meterlake.error.DidYouMean.question;

import io.meterlake.compile.template.Macro;
import io.meterlake.compile.template.Template;
import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.ConfigLayers;
import io.meterlake.project.GenericTest;
import io.meterlake.project.Resource;
import io.meterlake.project.SqlResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Renders nodes. What is wrong goes to the session's problems, and the node comes out empty. Thread-safe. */
final class Renderer {
    /** dbt takes an argument that looks like such a call as one: {@code to: ref('partners')}. */
    private static final Pattern CALL = Pattern.compile("\\s*(env_var|ref|var|source|doc)\\s*\\(.+\\)\\s*");

    private final Session session;
    private final boolean arePlain;
    private final Map<String, Template> templates = new ConcurrentHashMap<>();
    private final Map<String, Optional<StaticTemplate>> plainTemplates = new ConcurrentHashMap<>();

    Renderer(Session session) {
        this.session = session;
        this.arePlain = StaticTemplate.arePlain(session.macros().keySet());
    }

    /** Renders a node; nothing if it cannot be. */
    Optional<Draft> render(Resource resource, References references) {
        Recording recording = new Recording();
        ModelScope scope = new ModelScope(session, resource, references, recording);
        try {
            return switch (resource) {
                case SqlResource sql -> Optional.of(render(sql, scope, recording));
                case GenericTest test -> render(test, references, scope, recording);
                default -> Optional.empty();
            };
        } catch (TemplateFailure failure) {
            session.problems().add(failure.location(), failure.reason());
            return Optional.empty();
        }
    }

    private Draft render(SqlResource resource, ModelScope scope, Recording recording) {
        String text = plain(resource.uniqueId(), resource.location().file(), resource.rawSql())
                .map(plain -> plain.render(scope))
                .orElseGet(() -> session.engine().render(template(resource), scope, session.macros()));
        return new Draft(resource, resource.rawSql().strip(), SqlText.withoutSemicolon(text), recording);
    }

    /** The template, if it needs no engine. */
    private Optional<StaticTemplate> plain(String key, String file, String text) {
        return arePlain
                ? plainTemplates.computeIfAbsent(key, absent -> StaticTemplate.read(file, text.stripTrailing()))
                : Optional.empty();
    }

    private Template template(SqlResource resource) {
        return templates.computeIfAbsent(
                resource.uniqueId(),
                absent -> session.engine()
                        .parse(resource.location().file(), resource.rawSql().stripTrailing()));
    }

    private Optional<Draft> render(GenericTest test, References references, ModelScope scope, Recording recording) {
        Optional<Macro> macro = session.macros().find("test_" + test.testName());
        if (macro.isEmpty() && !session.macros().isBuiltIn("test_" + test.testName())) {
            List<String> known = session.macros().keySet().stream()
                    .filter(name -> name.startsWith("test_"))
                    .map(name -> name.substring("test_".length()))
                    .toList();
            session.problems()
                    .add(
                            test.location(),
                            "there is no test %s%s".formatted(test.testName(), question(test.testName(), known)));
            return Optional.empty();
        }
        Resource target = session.project().resources().get(test.attachedTo());
        if (target == null) {
            throw new IllegalStateException("a test is attached to " + test.attachedTo());
        }
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("model", testedTable(test, target, references, scope, recording));
        if (test.columnName() != null) {
            arguments.put("column_name", test.columnName());
        }
        for (Map.Entry<String, Object> argument : test.arguments().entrySet()) {
            arguments.put(argument.getKey(), value(test, argument.getValue(), scope));
        }
        Optional<String> builtIn = macro.isEmpty() ? BuiltInTests.sql(test.testName(), arguments) : Optional.empty();
        Object text = builtIn.isPresent()
                ? builtIn.get()
                : called(
                        macro.orElseGet(() -> session.macros().builtIn("test_" + test.testName())),
                        test,
                        arguments,
                        scope);
        if (text == null) {
            return Optional.empty();
        }
        String raw = test.testName() + " " + test.arguments() + " " + test.columnName();
        return Optional.of(new Draft(test, raw, SqlText.withoutSemicolon(String.valueOf(text)), recording));
    }

    /** What a test's macro gives; null if it does not take the arguments. */
    private @Nullable Object called(
            Macro macro, GenericTest test, Map<String, @Nullable Object> arguments, ModelScope scope) {
        return checkArguments(test, macro, arguments)
                ? String.valueOf(
                        session.engine().call(macro, test.location(), List.of(), arguments, scope, session.macros()))
                : null;
    }

    private Object testedTable(
            GenericTest test, Resource target, References references, ModelScope scope, Recording recording) {
        Resource declared = session.index().current(target);
        recording.dependsOn.put(target.uniqueId(), test.location());
        Reference reference = references.of(declared);
        recording.references.put(target.uniqueId(), reference);
        Object where = ConfigLayers.merge(test.config(), recording.config).get("where");
        if (where == null) {
            return new RelationValue(reference);
        }
        Object condition = value(test, where, scope);
        String text = "(select * from %s where %s) dbt_subquery".formatted(reference.sql(), condition);
        return new RelationValue(reference.relation(), text);
    }

    private boolean checkArguments(GenericTest test, Macro macro, Map<String, @Nullable Object> arguments) {
        List<String> wrong = new ArrayList<>();
        for (Macro.Parameter parameter : macro.parameters()) {
            if (parameter.standard().isEmpty() && !arguments.containsKey(parameter.name())) {
                wrong.add("test %s needs an argument %s".formatted(test.testName(), parameter.name()));
            }
        }
        for (String given : arguments.keySet()) {
            if (!macro.takesAnything() && !macro.parameterNames().contains(given)) {
                wrong.add(
                        given.equals("column_name")
                                ? "test %s is not one of a column; put it below the model".formatted(test.testName())
                                : "test %s has no argument %s%s"
                                        .formatted(test.testName(), given, question(given, macro.parameterNames())));
            }
        }
        wrong.forEach(message -> session.problems().add(test.location(), message));
        return wrong.isEmpty();
    }

    /** An argument with the expressions in it evaluated. */
    private @Nullable Object value(GenericTest test, Object written, ModelScope scope) {
        if (!(written instanceof String text)) {
            return written;
        }
        String template = CALL.matcher(text).matches() ? "{{ " + text + " }}" : text;
        Optional<Object> called = arePlain && template.contains("{{")
                ? StaticTemplate.read(test.location().file(), template).flatMap(plain -> plain.value(scope))
                : Optional.empty();
        if (called.isPresent()) {
            return called.get();
        }
        return template.contains("{{") || template.contains("{%")
                ? session.engine().value(test.location(), template, scope, session.macros())
                : text;
    }
}
