package io.meterlake.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.compile.CompileOptions;
import io.meterlake.compile.ProjectCompiler;
import io.meterlake.compile.RelationResolver;
import io.meterlake.compile.Target;
import io.meterlake.json.JsonDocuments;
import io.meterlake.project.Checksum;
import io.meterlake.project.TestProject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite sql compares the manifest of Meterlake's own models with dbt's and loads it with readers of manifests. */
final class ManifestDocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:03:04.5Z");

    @TempDir
    private Path folder;

    private TestProject project;

    @BeforeEach
    void write() {
        project = new TestProject(folder)
                .file(
                        "models/staging/stg_readings.sql",
                        "\nselect meter_id, value from {{ source('lake', 'meter_readings') }}\n\n")
                .file(
                        "models/marts/meters.sql",
                        "{{ config(materialized='table', tags='daily') }}\nselect meter_id from {{ ref('stg_readings') }}")
                .file(
                        "models/marts/energy.sql",
                        "select meter_id from {{ ref('meters') }} join {{ ref('regions') }} on true")
                .file("models/marts/_marts.yml", """
                        version: 2
                        models:
                          - name: meters
                            description: One row a meter.
                            config: {meta: {owner: grid}}
                            columns:
                              - name: meter_id
                                description: The metering point.
                                data_type: varchar
                                tags: [key]
                                data_tests: [unique, not_null]
                          - name: energy
                            columns:
                              - name: meter_id
                                data_tests:
                                  - relationships:
                                      arguments: {to: ref('meters'), field: meter_id}
                        sources:
                          - name: lake
                            database: hudi
                            tables: [{name: meter_readings, description: Every interval.}]
                        """)
                .file("seeds/regions.csv", "region\nnorth\n")
                .file(
                        "tests/assert_no_meter_is_blank.sql",
                        "select meter_id from {{ ref('meters') }} where meter_id = ''")
                .file("macros/days.sql", """
                        {# {% macro old() %}{% endmacro %} #}
                        {% macro day(x) -%} date({{ x }}) {%- endmacro %}
                        {% macro month(x) %}month({{ day(x) }}){% endmacro %}
                        {% test is_even(model, column_name) %}select 1 from {{ model }}{% endtest %}
                        """);
    }

    private String written(Map<String, String> environment) {
        CompileOptions options =
                new CompileOptions(Target.DEFAULT, Map.of(), RelationResolver.AS_DECLARED, environment);
        return ManifestDocument.of(
                ProjectCompiler.compile(project.load(), options), Invocation.of("parse", NOW, folder), NOW);
    }

    private JsonNode manifest() throws JsonProcessingException {
        return JsonDocuments.tree(written(Map.of()));
    }

    @Test
    void saysWhatDbtSaysOfAModel() throws JsonProcessingException {
        JsonNode meters = manifest().at("/nodes/model.shop.meters");
        assertThat(meters.get("relation_name").asText()).isEqualTo("\"hive\".\"marts\".\"meters\"");
        assertThat(meters.get("original_file_path").asText()).isEqualTo("models/marts/meters.sql");
        assertThat(meters.get("path").asText()).isEqualTo("marts/meters.sql");
        assertThat(texts(meters.get("fqn"))).containsExactly("shop", "marts", "meters");
        assertThat(meters.at("/config/materialized").asText()).isEqualTo("table");
        assertThat(meters.at("/config/on_schema_change").asText()).isEqualTo("ignore");
        assertThat(meters.at("/meta/owner").asText()).isEqualTo("grid");
        assertThat(texts(meters.get("tags"))).containsExactly("daily");
        assertThat(meters.at("/columns/meter_id/data_type").asText()).isEqualTo("varchar");
        assertThat(texts(meters.at("/columns/meter_id/tags"))).containsExactly("key");
        assertThat(texts(meters.at("/depends_on/nodes"))).containsExactly("model.shop.stg_readings");
        assertThat(texts(meters.get("primary_key"))).containsExactly("meter_id");
        assertThat(meters.get("compiled_code").asText()).contains("from \"hive\".\"marts\".\"stg_readings\"");
    }

    @Test
    void itsChecksumIsThatOfTheTextLessTheBlanksAroundItAsDbts() throws JsonProcessingException {
        JsonNode staging = manifest().at("/nodes/model.shop.stg_readings");
        String text = "select meter_id, value from {{ source('lake', 'meter_readings') }}";
        assertThat(staging.at("/checksum/checksum").asText()).isEqualTo(Checksum.of(text));
        assertThat(staging.get("raw_code").asText()).isEqualTo(text);
        assertThat(staging.at("/sources/0/1").asText()).isEqualTo("meter_readings");
    }

    @Test
    void aRelationshipNamesWhatItIsAttachedToLastSoThatReadersFindTheForeignKey() throws JsonProcessingException {
        JsonNode manifest = manifest();
        JsonNode test = nodeNamed(manifest, "relationships_energy_meter_id__meter_id__ref_meters_");
        assertThat(texts(test.at("/depends_on/nodes"))).containsExactly("model.shop.meters", "model.shop.energy");
        assertThat(test.get("attached_node").asText()).isEqualTo("model.shop.energy");
        assertThat(test.get("column_name").asText()).isEqualTo("meter_id");
        assertThat(test.at("/test_metadata/name").asText()).isEqualTo("relationships");
        assertThat(test.at("/test_metadata/kwargs/field").asText()).isEqualTo("meter_id");
        assertThat(texts(manifest.at("/child_map/model.shop.energy")))
                .containsExactly(test.get("unique_id").asText());
    }

    @Test
    void mapsEveryNodeAndSourceToItsParentsAndChildren() throws JsonProcessingException {
        JsonNode manifest = manifest();
        List<String> ids = new ArrayList<>();
        manifest.get("nodes").fieldNames().forEachRemaining(ids::add);
        manifest.get("sources").fieldNames().forEachRemaining(ids::add);
        assertThat(names(manifest.get("parent_map"))).hasSize(9).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(names(manifest.get("child_map"))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(texts(manifest.at("/child_map/source.shop.lake.meter_readings")))
                .containsExactly("model.shop.stg_readings");
        assertThat(manifest.at("/sources/source.shop.lake.meter_readings/relation_name")
                        .asText())
                .isEqualTo("\"hudi\".\"lake\".\"meter_readings\"");
    }

    @Test
    void hasTheProjectsOwnMacrosAndNoneOfItsComments() throws JsonProcessingException {
        JsonNode macros = manifest().get("macros");
        assertThat(names(macros)).containsExactly("macro.shop.day", "macro.shop.month", "macro.shop.test_is_even");
        assertThat(macros.at("/macro.shop.day/macro_sql").asText())
                .isEqualTo("{% macro day(x) -%} date({{ x }}) {%- endmacro %}");
    }

    @Test
    void knowsWhichMacrosAreCalledAndNotWhatOnlyLooksLikeIt() throws JsonProcessingException {
        project.model("daily", "select {{ day('at') }}, month(at) {# {{ month('at') }} #} from {{ ref('meters') }}");
        JsonNode manifest = manifest();
        assertThat(texts(manifest.at("/nodes/model.shop.daily/depends_on/macros")))
                .as("month is Trino's own there")
                .containsExactly("macro.shop.day");
        assertThat(texts(manifest.at("/macros/macro.shop.month/depends_on/macros")))
                .containsExactly("macro.shop.day");
        assertThat(texts(manifest.at("/macros/macro.shop.day/depends_on/macros")))
                .isEmpty();
    }

    @Test
    void saysWhatAModelPromises() throws JsonProcessingException {
        project.model("promised", "{{ config(materialized='table') }}\nselect 1 as id, 'x' as name")
                .file("models/_promised.yml", """
                        models:
                          - name: promised
                            config: {contract: {enforced: true}}
                            deprecation_date: 2030-01-01
                            constraints: [{type: primary_key, columns: [id]}]
                            columns:
                              - {name: name, data_type: varchar}
                              - {name: id, data_type: int, constraints: [{type: check, expression: id > 0}]}
                        """);
        JsonNode promised = manifest().at("/nodes/model.shop.promised");
        assertThat(promised.at("/contract/enforced").asBoolean()).isTrue();
        assertThat(promised.at("/contract/checksum").asText()).hasSize(64);
        assertThat(promised.at("/columns/id/constraints/0/type").asText()).isEqualTo("check");
        assertThat(promised.at("/columns/id/constraints/0/expression").asText()).isEqualTo("id > 0");
        assertThat(promised.at("/constraints/0/columns/0").asText()).isEqualTo("id");
        assertThat(promised.get("deprecation_date").asText()).isEqualTo("2030-01-01T00:00:00+00:00");
        assertThat(ProjectCompiler.compile(project.load(), CompileOptions.defaults())
                        .warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "models/_promised.yml:5: constraint primary_key of promised is not enforced: Trino cannot; write a test of"
                                + " it, or warn_unsupported: false",
                        "models/_promised.yml:8: constraint check of promised is not enforced: Trino cannot; write a test of it, or"
                                + " warn_unsupported: false");

        project.model("promised", "{{ config(materialized='ephemeral') }}\nselect 1 as id")
                .file("models/_promised.yml", """
                        models:
                          - name: promised
                            config: {contract: {enforced: true}}
                            columns: [{name: id, constraints: [{type: nott_null}]}]
                        """);
        assertThatThrownBy(() -> project.load())
                .hasMessageContaining("constraint nott_null does not exist; did you mean 'not_null'?");
        project.file("models/_promised.yml", """
                models: [{name: promised, config: {contract: {enforced: true}}, columns: [{name: id}]}]
                """);
        assertThatThrownBy(this::manifest)
                .hasMessageContaining("a contract cannot be enforced of an ephemeral model")
                .hasMessageContaining("the contract of promised does not say the data_type of column id");
    }

    @Test
    void namesAVersionByItsModelAndItsNumber() throws JsonProcessingException {
        project.model("trips_v1", "select 1 as id")
                .model("trips_v2", "select 2 as id from {{ ref('trips', v=1) }}")
                .file("models/_trips.yml", "models: [{name: trips, versions: [{v: 1}, {v: 2}]}]\n");
        JsonNode trips = manifest().at("/nodes/model.shop.trips.v2");
        assertThat(trips.get("name").asText()).isEqualTo("trips");
        assertThat(trips.get("alias").asText()).isEqualTo("trips_v2");
        assertThat(trips.get("path").asText()).isEqualTo("trips_v2.sql");
        assertThat(trips.get("version").isInt()).isTrue();
        assertThat(trips.get("latest_version").asInt()).isEqualTo(2);
        assertThat(trips.at("/refs/0").toString()).isEqualTo("{\"name\":\"trips\",\"package\":null,\"version\":1}");
    }

    @Test
    void hasExposuresAndGroups() throws JsonProcessingException {
        project.file("models/_board.yml", """
                groups: [{name: grid, owner: {name: Grid}}]
                exposures:
                  - name: weekly
                    type: dashboard
                    owner: {email: board@example.org}
                    url: 'https://board.example.org/1'
                    config: {group: grid, meta: {floor: 3}}
                    depends_on: [ref('meters'), "source('lake', 'meter_readings')"]
                """);
        JsonNode manifest = manifest();
        JsonNode weekly = manifest.at("/exposures/exposure.shop.weekly");
        assertThat(texts(weekly.at("/depends_on/nodes")))
                .containsExactly("model.shop.meters", "source.shop.lake.meter_readings");
        assertThat(weekly.at("/refs/0/name").asText()).isEqualTo("meters");
        assertThat(weekly.at("/sources/0/1").asText()).isEqualTo("meter_readings");
        assertThat(weekly.at("/owner/email").asText()).isEqualTo("board@example.org");
        assertThat(weekly.at("/meta/floor").asInt()).isEqualTo(3);
        assertThat(texts(manifest.at("/child_map/model.shop.meters"))).contains("exposure.shop.weekly");
        assertThat(manifest.at("/groups/group.shop.grid/owner/name").asText()).isEqualTo("Grid");
        assertThat(texts(manifest.at("/group_map/grid"))).containsExactly("exposure.shop.weekly");
    }

    @Test
    void hasUnitTestsBesideTheNodes() throws JsonProcessingException {
        project.file("models/marts/_unit.yml", """
                unit_tests:
                  - name: keeps_meters
                    model: meters
                    given:
                      - {input: ref('stg_readings'), format: csv, rows: "meter_id\\n1"}
                    expect: {rows: [{meter_id: '1'}]}
                    config: {tags: fast}
                """);
        JsonNode manifest = manifest();
        JsonNode test = manifest.at("/unit_tests/unit_test.shop.meters.keeps_meters");
        assertThat(test.get("model").asText()).isEqualTo("meters");
        assertThat(test.get("given").toString())
                .isEqualTo(
                        "[{\"input\":\"ref('stg_readings')\",\"rows\":[{\"meter_id\":\"1\"}],\"format\":\"csv\",\"fixture\":null}]");
        assertThat(texts(test.get("fqn"))).containsExactly("shop", "marts", "meters", "keeps_meters");
        assertThat(texts(test.at("/depends_on/nodes"))).containsExactly("model.shop.meters");
        assertThat(texts(test.at("/config/tags"))).containsExactly("fast");
        assertThat(test.get("overrides").isNull()).isTrue();
        assertThat(texts(manifest.at("/child_map/model.shop.meters"))).contains("unit_test.shop.meters.keeps_meters");
        assertThat(manifest.get("nodes").has("unit_test.shop.meters.keeps_meters"))
                .isFalse();
    }

    @Test
    void namesTheInvocationAndTheVariablesThatAreMeantForIt() throws JsonProcessingException {
        JsonNode metadata = JsonDocuments.tree(written(Map.of("DBT_ENV_CUSTOM_ENV_TICKET", "7", "SECRET", "x")))
                .get("metadata");
        assertThat(metadata.get("dbt_schema_version").asText()).endsWith("/manifest/v12.json");
        assertThat(metadata.get("adapter_type").asText()).isEqualTo("trino");
        assertThat(metadata.get("project_name").asText()).isEqualTo("shop");
        assertThat(metadata.get("generated_at").asText()).isEqualTo("2026-03-01T02:03:04.500000Z");
        assertThat(metadata.get("invocation_id").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(metadata.get("env").toString()).isEqualTo("{\"TICKET\":\"7\"}");
    }

    @Test
    void theSameProjectAtTheSameMomentGivesTheSameBytes() {
        assertThat(written(Map.of())).isEqualTo(written(Map.of()));
    }

    private static JsonNode nodeNamed(JsonNode manifest, String name) {
        for (JsonNode node : manifest.get("nodes")) {
            if (node.get("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("no node " + name + " in " + names(manifest.get("nodes")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
