package io.meterlake.compile;

import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.Location;
import io.meterlake.project.Problems;
import io.meterlake.project.Resource;
import java.util.Optional;

/** A {@code ref('x')} or {@code source('x', 'y')} that stands in a property file. */
final class WrittenReference {
    private WrittenReference() {}

    /**
     * What it names.
     *
     * @param reader whose file it stands in
     * @return nothing, and a problem, if it names nothing
     */
    static Optional<Resource> find(
            String written, Location location, Resource reader, Session session, References references) {
        Recording recording = new Recording();
        Problems unknown = new Problems();
        ModelScope scope = new ModelScope(session.collecting(unknown), reader, references, recording);
        try {
            Optional<Object> read = StaticTemplate.read(location.file(), "{{ " + written + " }}")
                    .flatMap(call -> call.value(scope));
            unknown.all().forEach(problem -> session.problems().add(location, problem.message()));
            if (read.isEmpty()) {
                session.problems().add(location, "%s is neither ref('…') nor source('…', '…')".formatted(written));
            }
        } catch (TemplateFailure failure) {
            session.problems().add(location, failure.reason());
        }
        return recording.references.values().stream().map(Reference::resource).findFirst();
    }
}
