package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.ResourceType;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project: lake.r → stg → mid → top, side → top, partners → side; other stands alone. */
final class NodeSelectorTest {
    @TempDir
    private Path folder;

    private CompiledProject project;

    @BeforeEach
    void compile() {
        TestProject written = new TestProject(folder)
                .file("models/_lake.yml", "sources:\n  - name: lake\n    tables: [{name: r}]\n")
                .file("seeds/partners.csv", "id\n1\n")
                .model("staging/stg", "{{ config(tags=['daily']) }}select 1 as x from {{ source('lake', 'r') }}")
                .model("marts/mid", "{{ config(materialized='table') }}select * from {{ ref('stg') }}")
                .model("marts/side", "{{ config(tags=['daily', 'slow']) }}select * from {{ ref('partners') }}")
                .model("marts/top", "select * from {{ ref('mid') }} cross join {{ ref('side') }}")
                .model("marts/deep/other", "select 2 as x")
                .file("tests/no_loss.sql", "select * from {{ ref('mid') }} where false")
                .file(
                        "models/_models.yml",
                        "models:\n  - name: stg\n    columns: [{name: x, data_tests: [not_null]}]\n");
        project = ProjectCompiler.compile(written.load(), CompileOptions.defaults());
    }

    private List<String> names(Selection selection) {
        return project.select(selection).stream()
                .map(CompiledNode::name)
                .sorted()
                .toList();
    }

    private List<String> withoutTests(String... select) {
        return names(new Selection(
                List.of(select),
                List.of(),
                Set.of(ResourceType.MODEL, ResourceType.SEED, ResourceType.SOURCE, ResourceType.ANALYSIS)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mid                         | mid
            +mid                        | mid r stg
            1+mid                       | mid stg
            mid+                        | mid top
            stg+1                       | mid stg
            stg+2                       | mid stg top
            1+mid+1                     | mid stg top
            +top                        | mid partners r side stg top
            @stg                        | mid partners r side stg top
            @side                       | mid partners r side stg top
            99999999999+mid             | mid r stg
            tag:daily                   | side stg
            tag:d*                      | side stg
            tag:daily,tag:slow          | side
            tag:daily,marts             | side
            +mid,+side+                 |
            +top,stg+                   | mid stg top
            path:models/marts           | mid other side top
            path:models/marts/          | mid other side top
            path:models/marts/top.sql   | top
            path:models/*/*.sql         | mid side stg top
            models/staging              | stg
            top.sql                     | top
            file:partners.csv           | partners
            marts                       | mid other side top
            marts.deep                  | other
            shop.marts.*                | mid other side top
            shop.marts.top              | top
            model.shop.top              | top
            t?p                         | top
            si*                         | side
            source:lake                 | r
            source:lake.r+              | mid r stg top
            config.materialized:table   | mid
            config.tags:slow            | side
            resource_type:seed          | partners
            package:shop,resource_type:model | mid other side stg top
            other top                   | other top
            """)
    void selectsAsDbtDoes(String select, String expected) {
        assertThat(withoutTests(select)).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ", -1)));
    }

    @Test
    void takesAllWhereNothingIsSelected() {
        assertThat(names(Selection.ALL))
                .containsExactly("mid", "no_loss", "not_null_stg_x", "other", "partners", "r", "side", "stg", "top");
    }

    @Test
    void givesWhatIsReadBeforeItsReaders() {
        assertThat(project.select(new Selection(List.of("+top"), List.of(), Set.of(ResourceType.MODEL))))
                .extracting(CompiledNode::name)
                .containsExactly("side", "stg", "mid", "top");
    }

    @Test
    void takesTestsAlongAndLeavesThemOutWithTheirModels() {
        assertThat(names(new Selection(List.of("stg", "mid"), List.of(), Set.of())))
                .containsExactly("mid", "no_loss", "not_null_stg_x", "stg");
        assertThat(names(new Selection(List.of("stg", "mid"), List.of("mid"), Set.of())))
                .containsExactly("not_null_stg_x", "stg");
        assertThat(names(new Selection(List.of(), List.of("+top other"), Set.of())))
                .isEmpty();
    }

    @Test
    void findsTestsByTheirKind() {
        assertThat(names(new Selection(List.of("test_name:not_null"), List.of(), Set.of())))
                .containsExactly("not_null_stg_x");
        assertThat(names(new Selection(List.of("test_type:singular"), List.of(), Set.of())))
                .containsExactly("no_loss");
        assertThat(names(new Selection(List.of("test_type:data"), List.of(), Set.of())))
                .containsExactly("no_loss", "not_null_stg_x");
    }

    @Test
    void keepsOnlyTheWantedTypes() {
        assertThat(names(Selection.ALL.of(ResourceType.SOURCE, ResourceType.SEED)))
                .containsExactly("partners", "r");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tpo           | Cannot select tpo: it matches nothing in the project; did you mean 'top'?
            +tpo          | Cannot select +tpo: it matches nothing in the project; did you mean 'top'?
            tag:dayly     | Cannot select tag:dayly: it matches nothing in the project; did you mean 'daily'?
            path:nowhere  | Cannot select path:nowhere: it matches nothing in the project
            """)
    void refusesWhatMatchesNothing(String select, String message) {
        MeterlakeException refusal = catchThrowableOfType(MeterlakeException.class, () -> withoutTests(select));
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.hint()).isEqualTo("`meterlake ls` lists everything that there is.");
        assertThat(refusal.code()).isEqualTo(CompileErrorCode.INVALID_SELECTION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            tga:x            ~ Cannot read selector tga:x: there is no method tga:; did you mean 'tag'?
            config:x         ~ Cannot read selector config:x: there is no method config:; did you mean 'config'?
            state:modifeid   ~ Cannot read selector state:modifeid: there is no state:modifeid; did you mean 'modified'?
            metric:revenue    ~ Cannot read selector metric:revenue: method metric: is not supported yet
            @top+            ~ Cannot read selector @top+: @ cannot go together with +
            top,             ~ Cannot read selector top,: '' is not [@|n+]name[+n] or method:value
            +                ~ Cannot read selector +: '+' is not [@|n+]name[+n] or method:value
            path:models/[    ~ Cannot read selector path:models/[: 'models/[' is not a pattern of paths
            """)
    void refusesWhatCannotBeRead(String select, String message) {
        MeterlakeException refusal = catchThrowableOfType(MeterlakeException.class, () -> withoutTests(select));
        assertThat(refusal).hasMessage(message.strip());
        assertThat(refusal.hint()).startsWith("Examples: fct_settlement, +fct_settlement");
    }
}
