package io.meterlake.compile;

import io.meterlake.project.Project;
import java.util.List;
import java.util.Optional;

/** A compiled project. Immutable and thread-safe. */
public interface CompiledProject {
    Project project();

    CompileOptions options();

    Graph graph();

    /** Every enabled node, dependencies first, the order always the same. */
    List<CompiledNode> nodes();

    /** A node by its unique id. */
    Optional<CompiledNode> node(String uniqueId);

    /**
     * The selected nodes, dependencies first. A test is selected with any of the nodes that it tests, as dbt does.
     *
     * @throws io.meterlake.error.MeterlakeException if a selector cannot be read or matches nothing that could exist
     */
    List<CompiledNode> select(Selection selection);

    /** The reports that the project defines, by name. */
    List<ReportDefinition> reports();

    /**
     * A report by its name.
     *
     * @throws io.meterlake.error.MeterlakeException if there is none, with the nearest name
     */
    ReportDefinition report(String name);

    /**
     * A node's query with every model that it reads pasted in.
     *
     * @param uniqueId of a model, an analysis or a test
     */
    InlinedQuery inline(String uniqueId);

    /**
     * Compiles SQL that is not part of the project, such as {@code show --inline}'s.
     *
     * @param name stands for the file's name in messages
     */
    CompiledSql adHoc(String name, String sql);
}
