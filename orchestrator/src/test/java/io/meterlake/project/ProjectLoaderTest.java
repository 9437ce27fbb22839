package io.meterlake.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectLoaderTest {
    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void start() {
        project = new TestProject(folder);
    }

    private MeterlakeException refused() {
        MeterlakeException refusal = catchThrowableOfType(MeterlakeException.class, project::load);
        assertThat(refusal).as("the project is refused").isNotNull();
        return refusal;
    }

    private void assertProblem(String problem) {
        assertThat(refused()).hasMessage("Cannot load the SQL project: " + problem);
    }

    @Test
    void readsEverythingThatAFolderHolds() {
        project.file("dbt_project.yml", "name: shop\nvars: {rate: 7}\n")
                .model("marts/sales", "select 1 as x")
                .file("models/notes.md", "not for us")
                .file("models/.hidden.sql", "not for us either")
                .file("seeds/partners.csv", "id\n1\n")
                .file("analyses/report.sql", "select 1 as x")
                .file("tests/no_loss.sql", "select 1 as x where false")
                .file("macros/money.sql", "{% macro cents(x) %}{{ x }} * 100{% endmacro %}")
                .file("models/_lake.yml", "sources:\n  - name: lake\n    tables: [{name: readings}]\n");

        Project loaded = project.load();

        assertThat(loaded.name()).isEqualTo("shop");
        assertThat(loaded.vars()).isEqualTo(Map.of("rate", 7));
        assertThat(loaded.macroFiles()).extracting(MacroFile::file).containsExactly("macros/money.sql");
        assertThat(loaded.all())
                .extracting(Resource::uniqueId)
                .containsExactly(
                        "analysis.shop.report",
                        "model.shop.sales",
                        "seed.shop.partners",
                        "source.shop.lake.readings",
                        "test.shop.no_loss");
        assertThat(loaded.resource("model.shop.sales").orElseThrow().fqn()).containsExactly("shop", "marts", "sales");
    }

    @Test
    void mergesTheSettingsOfFoldersAndFilesTheNearestLast() {
        project.file("dbt_project.yml", """
                        name: shop
                        models:
                          +tags: nightly
                          +materialized: view
                          shop:
                            marts: {+materialized: table, +meta: {owner: ops, team: a}}
                        """)
                .model("marts/sales", "select 1 as x")
                .file("models/_models.yml", """
                        models:
                          - name: sales
                            description: Sold.
                            config: {tags: [daily], meta: {team: b}}
                            columns:
                              - {name: x, description: One., data_type: integer}
                        """);

        Resource sales = project.load().resource("model.shop.sales").orElseThrow();

        assertThat(sales.config())
                .isEqualTo(Map.of(
                        "tags",
                        List.of("daily", "nightly"),
                        "materialized",
                        "table",
                        "meta",
                        Map.of("owner", "ops", "team", "b")));
        assertThat(sales.columns()).extracting(Column::name).containsExactly("x");
    }

    @Test
    void namesTestsAsDbtDoes() {
        project.model("sales", "select 1 as x").file("models/_models.yml", """
                        models:
                          - name: sales
                            columns:
                              - name: x
                                data_tests:
                                  - unique
                                  - accepted_values: {arguments: {values: [1, 2]}}
                        """);

        assertThat(project.load().all())
                .filteredOn(GenericTest.class::isInstance)
                .extracting(Resource::name)
                .containsExactly("accepted_values_sales_x__1__2", "unique_sales_x");
    }

    @Test
    void saysWhereTheProjectWasLookedFor() {
        Path empty = folder.resolve("elsewhere");
        MeterlakeException refusal = catchThrowableOfType(MeterlakeException.class, () -> ProjectLoader.load(empty));

        assertThat(refusal).hasMessage("Cannot load the SQL project: there is no dbt_project.yml in " + empty);
        assertThat(refusal.hint()).isEqualTo("Set models.path in meterlake.yml to the folder of the SQL project.");
        assertThat(refusal.code()).isEqualTo(ProjectErrorCode.NO_PROJECT);
    }

    @Test
    void showsEveryProblemAtOnceSortedByPlace() {
        project.model("sales", "select 1 as x")
                .file("models/b.yml", "models:\n  - name: sale\n  - nam: sales\n")
                .file("models/a.yml", "modles: []\n");

        MeterlakeException refusal = refused();

        assertThat(refusal).hasMessage("""
                        Cannot load the SQL project: 4 problems
                          1) models/a.yml:1: unknown section modles; did you mean 'models'?
                          2) models/b.yml:2: there is no model sale; did you mean 'sales'?
                          3) models/b.yml:3: name is missing
                          4) models/b.yml:3: unknown key nam in a model; did you mean 'name'?""");
        assertThat(refusal.hint())
                .isEqualTo("Mend the lines above, then run `meterlake parse` to see whether more is left.");
        assertThat(refusal.code()).isEqualTo(ProjectErrorCode.INVALID_PROJECT);
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        project.file("models/_models.yml", "models:\n  - name: a\n    columns: [x\n");
        assertProblem("models/_models.yml:4: not YAML: expected ',' or ']', but got <stream end>");
    }

    @Test
    void namesTheFileThatIsNotUtf8() throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.write(folder.resolve("models/_models.yml"), new byte[] {'#', (byte) 0xfc, '\n'});
        assertProblem("models/_models.yml:1: not UTF-8 text");
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        project.file("dbt_project.yml", "name: shop\nvars: {}\nname: shop\n");
        assertProblem("dbt_project.yml:3: key name is there twice");
    }

    @Test
    void refusesAnUnknownKeyOfTheProject() {
        project.file("dbt_project.yml", "name: shop\nmodel-path: [models]\n");
        assertProblem("dbt_project.yml:2: unknown key model-path in dbt_project.yml; did you mean 'model-paths'?");
    }

    @Test
    void refusesAnUnknownSetting() {
        project.file("dbt_project.yml", "name: shop\nmodels:\n  shop:\n    +materialised: table\n");
        assertProblem("dbt_project.yml:4: unknown config materialised of a model; did you mean 'materialized'?;"
                + " settings of your own belong under meta");
    }

    @Test
    void readsWhatOlderProjectsAndThoseOfOtherDatabasesSay() {
        project.file("dbt_project.yml", """
                        name: shop
                        source-paths: [old]
                        data-paths: [data]
                        quoting: {database: false}
                        models:
                          transient: true
                        """).file("old/a.sql", "select 1 as x").file("data/b.csv", "x\n1\n");
        Project loaded = project.load();
        assertThat(loaded.resources().keySet()).containsExactly("model.shop.a", "seed.shop.b");
        assertThat(loaded.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "dbt_project.yml:2: source-paths is called model-paths now",
                        "dbt_project.yml:3: data-paths is called seed-paths now",
                        "dbt_project.yml:6: config transient is for another database than Trino, and does nothing");
    }

    @Test
    void refusesHooksOfModelsRatherThanLeaveThemOut() {
        project.file("dbt_project.yml", "name: shop\nmodels:\n  +pre-hook: \"drop table x\"\n");
        assertProblem("dbt_project.yml:3: config pre-hook: hooks are not supported yet");
    }

    @Test
    void refusesTwoModelsOfOneName() {
        project.model("a/sales", "select 1 as x").model("b/sales", "select 2 as x");
        assertProblem(
                "models/b/sales.sql: the name sales is taken by models/a/sales.sql; models and seeds need names of"
                        + " their own");
    }

    @Test
    void refusesASeedThatIsNamedLikeAModel() {
        project.model("sales", "select 1 as x").file("seeds/sales.csv", "x\n1\n");
        assertProblem(
                "seeds/sales.csv: the name sales is taken by models/sales.sql; models and seeds need names of their"
                        + " own");
    }

    @Test
    void refusesASourceDeclaredTwiceAlsoWhenAModelHasItsName() {
        project.model("readings", "select 1 as x")
                .file(
                        "models/_lake.yml",
                        "sources:\n  - name: lake\n    tables:\n      - name: readings\n      - name: readings\n");
        assertProblem("models/_lake.yml:5: source readings is declared twice; first in models/_lake.yml:4");
    }

    @Test
    void refusesAModelDescribedTwice() {
        project.model("sales", "select 1 as x")
                .file("models/a.yml", "models:\n  - name: sales\n")
                .file("models/b.yml", "models:\n  - name: sales\n");
        assertProblem("models/b.yml:2: model sales is described twice; first in models/a.yml:2");
    }

    @Test
    void refusesADelimiterThatIsNotOneCharacter() {
        project.file("seeds/partners.csv", "id\n1\n").file("dbt_project.yml", "name: shop\nseeds:\n  +delimiter: ''\n");
        assertProblem("seeds/partners.csv: delimiter '' is not one character");
    }
}
