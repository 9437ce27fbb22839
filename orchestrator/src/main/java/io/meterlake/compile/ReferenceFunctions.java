package io.meterlake.compile;

import io.meterlake.compile.template.Arguments;
import io.meterlake.compile.template.PythonText;
import io.meterlake.project.ConfigLayers;
import io.meterlake.project.Relation;
import io.meterlake.project.Resource;
import io.meterlake.project.Seed;
import io.meterlake.project.SourceTable;
import io.meterlake.project.SqlResource;
import java.time.LocalDate;
import java.util.Optional;

/** {@code ref}, {@code source} and {@code this}. What cannot be found is noted and rendering goes on, to find more. */
final class ReferenceFunctions {
    private static final Relation NOWHERE = new Relation("nowhere", "nowhere", "nowhere");

    private final Session session;
    private final Resource resource;
    private final References references;
    private final Recording recording;

    ReferenceFunctions(Session session, Resource resource, References references, Recording recording) {
        this.session = session;
        this.resource = resource;
        this.references = references;
        this.recording = recording;
    }

    RelationValue ref(Arguments arguments) {
        String name = arguments.text(0, "name");
        if (arguments.positional().size() > 1) {
            String project = name;
            name = arguments.text(1, "name");
            if (!session.index().isProject(project)) {
                throw arguments.failure("ref('%s', '%s'): packages are not supported yet".formatted(project, name));
            }
        }
        String wanted = name;
        Object version = arguments.named().containsKey("v")
                ? arguments.named().get("v")
                : arguments.named().get("version");
        if (version != null) {
            String word = PythonText.of(version);
            return session.index()
                    .version(wanted, word)
                    .map(found -> use(found, arguments))
                    .orElseGet(() -> missing(arguments, session.index().missingVersion(wanted, word)));
        }
        return session.index()
                .find(wanted)
                .map(found -> use(found, arguments))
                .orElseGet(() -> missing(arguments, session.index().missing(wanted)));
    }

    RelationValue source(Arguments arguments) {
        arguments.allow("source_name", "table_name");
        String source = arguments.text(0, "source_name");
        String table = arguments.text(1, "table_name");
        return session.index()
                .find(source, table)
                .map(found -> use(found, arguments))
                .orElseGet(() -> missing(arguments, session.index().missing(source, table)));
    }

    /** Where the node itself goes; a test or an analysis goes nowhere. */
    Optional<Object> self() {
        return switch (resource) {
            case SqlResource.Model model ->
                Optional.of(session.options()
                        .relations()
                        .increment(model)
                        .map(increment -> earlier(model, increment))
                        .orElseGet(() -> value(model)));
            case Seed seed -> Optional.of(value(seed));
            case SourceTable source -> Optional.of(value(source));
            default -> Optional.empty();
        };
    }

    private RelationValue earlier(SqlResource.Model model, Increment increment) {
        // What it is called differs from build to build, and its meaning does not.
        recording.references.put(model.uniqueId(), new Reference(model, increment.earlier(), false));
        return new RelationValue(increment.earlier(), increment.earlier().sql());
    }

    private RelationValue use(Resource found, Arguments arguments) {
        recording.dependsOn.putIfAbsent(found.uniqueId(), arguments.location());
        RelationValue value = value(found);
        Reference reference = references.of(found);
        Days days = days();
        return reference.eventTime().isEmpty() || days.areAll() ? value : RelationValue.of(reference, days);
    }

    /** Those that the model reads of its inputs. */
    private Days days() {
        if (!(resource instanceof SqlResource.Model model)) {
            return Days.ALL;
        }
        LocalDate begin = IncrementalConfig.begin(ConfigLayers.merge(model.config(), recording.config))
                .orElse(LocalDate.MIN);
        recording.sinceBegin = Days.ALL.since(begin);
        return session.options()
                .relations()
                .increment(model)
                .map(Increment::inputDays)
                .orElse(Days.ALL)
                .since(begin);
    }

    RelationValue value(Resource found) {
        Reference reference = references.of(found);
        recording.references.put(found.uniqueId(), reference);
        // A table's own address is where it goes, also where its readers get it pasted in.
        return found.uniqueId().equals(resource.uniqueId())
                ? new RelationValue(reference.relation(), reference.relation().sql())
                : new RelationValue(reference);
    }

    private RelationValue missing(Arguments arguments, String why) {
        session.problems().add(arguments.location(), why);
        return new RelationValue(NOWHERE, NOWHERE.sql());
    }
}
