package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.ResourceType;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project: stg → mid → top, side → top; other stands alone; stg and side have the tag daily. */
final class NamedSelectorsTest {
    @TempDir
    private Path folder;

    private CompiledProject with(String selectors) {
        TestProject written = new TestProject(folder)
                .model("staging/stg", "{{ config(tags=['daily']) }}select 1 as x")
                .model("marts/mid", "{{ config(materialized='table') }}select * from {{ ref('stg') }}")
                .model("marts/side", "{{ config(tags=['daily']) }}select 1 as y")
                .model("marts/top", "select * from {{ ref('mid') }} cross join {{ ref('side') }}")
                .model("marts/other", "select 2 as x")
                .file("selectors.yml", selectors);
        return ProjectCompiler.compile(written.load(), CompileOptions.defaults());
    }

    private static String selected(CompiledProject project, String... select) {
        return String.join(
                " ",
                project.select(new Selection(List.of(select), List.of(), Set.of(ResourceType.MODEL))).stream()
                        .map(CompiledNode::name)
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '+mid'                                                                             | mid stg
            'tag:daily marts.other'                                                            | other side stg
            {tag: daily}                                                                       | side stg
            {config.materialized: table}                                                       | mid
            {method: fqn, value: mid, parents: true}                                           | mid stg
            {method: fqn, value: stg, children: true}                                          | mid stg top
            {method: fqn, value: stg, children: true, children_depth: 1}                       | mid stg
            {method: fqn, value: stg, childrens_parents: true}                                 | mid side stg top
            {method: path, value: models/marts, exclude: [top, {fqn: other}]}                  | mid side
            {union: ['mid', {tag: daily}]}                                                     | mid side stg
            {intersection: [{tag: daily}, {path: models/marts}]}                               | side
            {union: ['+top', {exclude: [{tag: daily}]}]}                                       | mid top
            {union: [{intersection: ['+top', {tag: daily}]}, 'other', {exclude: ['stg']}]}     | other side
            {method: selector, value: first, exclude: [mid]}                                   | stg
            """)
    void meansWhatDbtMeans(String definition, String names) {
        CompiledProject project = with("""
                selectors:
                  - name: first
                    definition: '+mid'
                  - name: nightly
                    description: What runs at night.
                    definition: %s
                """.formatted(definition.startsWith("{") ? definition : "'" + definition + "'"));

        assertThat(selected(project, "selector:nightly")).isEqualTo(names);
    }

    @Test
    void standsAmongOthers() {
        CompiledProject project = with("selectors: [{name: nightly, definition: mid}]");

        assertThat(selected(project, "selector:nightly other")).isEqualTo("mid other");
        assertThat(selected(project, "+selector:nightly")).isEqualTo("mid stg");
    }

    @Test
    void anUnknownOneIsNamedWithTheNearest() {
        assertThatThrownBy(() -> selected(with("selectors: [{name: nightly, definition: mid}]"), "selector:nigthly"))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("Cannot find selector nigthly")
                .hasMessageContaining("did you mean 'nightly'");
    }

    @Test
    void oneThatIsPartOfItselfIsRefused() {
        CompiledProject project = with("""
                selectors:
                  - {name: a, definition: {method: selector, value: b}}
                  - {name: b, definition: {method: selector, value: a}}
                """);

        assertThatThrownBy(() -> selected(project, "selector:a")).hasMessageContaining("it is part of itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {name: a, definition: {method: tagg, value: x}}                                     | "did you mean 'tag'"
            {name: a, definition: {method: tag}}                                                | a method has no value
            {name: a, definition: {method: tag, value: x, indirect_selection: cautious}}        | tests are selected eagerly
            {name: a, definition: {method: tag, value: x, parent: true}}                        | "did you mean 'parents'"
            {name: a, definition: {method: tag, value: x, parents: sometimes}}                  | neither true nor false
            {name: a, definition: {union: []}}                                                  | has no parts
            {name: a, definition: {tag: x, path: y}}                                            | neither one key and value nor a method
            {name: a}                                                                           | selector a has no definition
            {name: a, default: true, definition: mid}                                           | default: is not supported
            {definition: mid}                                                                   | name is missing
            """)
    void whatIsWrongIsSaidWithItsLine(String selector, String message) {
        assertThatThrownBy(() -> with("selectors:\n  - " + selector + "\n"))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("selectors.yml:2")
                .hasMessageContaining(message);
    }
}
