package io.meterlake.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExposuresAndAccessTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void write() {
        project = new TestProject(folder)
                .model("a", "select 1 as id")
                .model("b", "select * from {{ ref('a') }}")
                .model("c", "select 2 as id")
                .file("models/_models.yml", """
                        groups:
                          - {name: grid, owner: {name: Grid}}
                          - {name: shop, owner: {email: [shop@example.org]}}
                        models:
                          - {name: a, access: private, group: grid, columns: [{name: id, data_tests: [not_null]}]}
                          - {name: b, config: {group: grid, access: public}}
                        exposures:
                          - name: weekly
                            type: dashboard
                            owner: {name: Board}
                            config: {tags: board}
                            depends_on: [ref('b'), "source('lake', 'files')"]
                        sources:
                          - {name: lake, database: hudi, tables: [{name: files}]}
                        """);
    }

    private CompiledProject compile() {
        return ProjectCompiler.compile(project.load(), CompileOptions.defaults());
    }

    private List<String> select(String... selectors) {
        return compile().select(new Selection(List.of(selectors), List.of(), Set.of())).stream()
                .filter(node -> !node.resourceType().isTest())
                .map(CompiledNode::uniqueId)
                .toList();
    }

    @Test
    void anExposureIsSelectedAndSelectsWhatItReads() {
        assertThat(select("exposure:weekly")).containsExactly("exposure.shop.weekly");
        assertThat(select("tag:board")).containsExactly("exposure.shop.weekly");
        assertThat(select("+exposure:*"))
                .containsExactlyInAnyOrder(
                        "exposure.shop.weekly", "model.shop.a", "model.shop.b", "source.shop.lake.files");
        assertThat(select("b+")).contains("exposure.shop.weekly");
    }

    @Test
    void groupsAndAccessAreSelectors() {
        assertThat(select("group:grid")).containsExactlyInAnyOrder("model.shop.a", "model.shop.b");
        assertThat(select("access:private")).containsExactly("model.shop.a");
        assertThat(select("access:protected")).containsExactly("model.shop.c");
    }

    @Test
    void aPrivateModelIsReadByItsGroupOnly() {
        project.model("c", "select *\nfrom {{ ref('a') }}").file("models/_board.yml", """
                        exposures:
                          - {name: daily, type: dashboard, owner: {name: x}, depends_on: [ref('a'), ref('z'), z]}
                        """);
        assertThatThrownBy(this::compile)
                .hasMessageContaining("models/c.sql:2: c must not read a, which is private to group grid")
                .hasMessageContaining("models/_board.yml:2: daily must not read a, which is private to group grid")
                .hasMessageContaining("models/_board.yml:2: ref('z'): there is no model or seed of this name")
                .hasMessageContaining("z is neither ref('…') nor source('…', '…')");
    }

    @Test
    void saysWhatIsWrong() {
        project.file("models/_wrong.yml", """
                groups: [{name: grid, owner: {name: x}}]
                models: [{name: c, access: publik, group: gird, deprecation_date: soon}]
                exposures: [{name: x, type: dashbord, owner: {}, maturity: hi, dependson: []}]
                """);
        assertThatThrownBy(project::load)
                .hasMessageContaining("group grid is declared twice")
                .hasMessageContaining("there is no group gird; did you mean 'grid'?")
                .hasMessageContaining("deprecation_date 'soon' is neither a day")
                .hasMessageContaining("type 'dashbord' does not exist; did you mean 'dashboard'?")
                .hasMessageContaining("owner needs a name or an email")
                .hasMessageContaining("maturity 'hi' does not exist")
                .hasMessageContaining("unknown key dependson in an exposure");
        project.file("models/_wrong.yml", "models: [{name: c, access: publik}]\n");
        assertThatThrownBy(this::compile)
                .hasMessageContaining("c: access 'publik' does not exist; did you mean 'public'?");
    }

    @Test
    void warnsOfWhatIsDeprecatedAndOfWhoReadsIt() {
        project.model("d", "select * from {{ ref('c') }}")
                .file("models/_old.yml", "models: [{name: c, deprecation_date: 2026-03-01}]\n");
        assertThat(Deprecations.of(compile(), Instant.parse("2026-02-28T23:59:59Z")))
                .extracting(Object::toString)
                .containsExactly("models/d.sql: d reads c, which is deprecated from 2026-03-01");
        assertThat(Deprecations.of(compile(), Instant.parse("2026-03-01T00:00:00Z")))
                .extracting(Object::toString)
                .containsExactly(
                        "models/c.sql: c is deprecated since 2026-03-01",
                        "models/d.sql: d reads c, which is deprecated since 2026-03-01");
    }
}
