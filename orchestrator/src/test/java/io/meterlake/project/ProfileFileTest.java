package io.meterlake.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.project.ProfileFile.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void writeAProfile() {
        project = new TestProject(folder);
        project.file("dbt_project.yml", "name: shop\nprofile: retail\n").file("profiles.yml", """
                        retail:
                          target: "{{ env_var('STAGE', 'dev') }}"
                          outputs:
                            dev: {type: trino, host: h, port: "{{ env_var('PORT') | as_number }}", database: hive, schema: ann}
                            prod: {type: trino, catalog: lakehouse, schema: "shop_{{ env_var('REGION') }}"}
                            old: {type: postgres, schema: shop}
                            odd: {type: trino, schema: "{{ target.name }}"}
                        """);
    }

    private Optional<Output> read(Optional<String> target, Map<String, String> environment) {
        return ProfileFile.read(
                project.load(), List.of(folder.resolve("absent"), folder), target, Optional.empty(), environment);
    }

    @Test
    void takesTheTargetThatTheProfileOrTheCommandNames() {
        assertThat(read(Optional.empty(), Map.of()))
                .as("what is not asked for may be missing: the port")
                .contains(new Output("dev", Optional.of("hive"), Optional.of("ann")));
        Output production = new Output("prod", Optional.of("lakehouse"), Optional.of("shop_eu"));
        assertThat(read(Optional.empty(), Map.of("STAGE", "prod", "REGION", "eu")))
                .contains(production);
        assertThat(read(Optional.of("prod"), Map.of("REGION", "eu"))).contains(production);
        assertThat(read(Optional.empty(), Map.of("STAGE", "old")))
                .as("it says nothing about Trino")
                .contains(new Output("old", Optional.empty(), Optional.empty()));
    }

    @Test
    void goesOnWithTheTargetOfTheRunBefore() {
        Map<String, String> environment = Map.of("STAGE", "dev", "REGION", "eu");
        assertThat(earlier("prod", environment)).isEqualTo("prod");
        assertThat(earlier("old", environment))
                .as("nobody asked for one that is for another engine; it was the profile's then")
                .isEqualTo("old");
    }

    private String earlier(String target, Map<String, String> environment) {
        return ProfileFile.read(project.load(), List.of(folder), Optional.empty(), Optional.of(target), environment)
                .orElseThrow()
                .name();
    }

    @Test
    void refusesWhatItCannotTake() {
        assertRefused("prd", "there is no target prd; did you mean 'prod'?");
        assertRefused("prod", "profiles.yml:5: env_var('REGION'): it is not set and there is no default");
        assertRefused("old", "profiles.yml:6: target old is for postgres; models run on Trino");
        assertRefused("odd", "profiles.yml:7: {{ target.name }}: only env_var('NAME', 'default') is read here");
        project.file("dbt_project.yml", "name: shop\nprofile: retial\n");
        assertRefused("dev", "there is no profile retial, which dbt_project.yml names; did you mean 'retail'?");
    }

    private void assertRefused(String target, String message) {
        assertThatThrownBy(() -> read(Optional.of(target), Map.of()))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining(message);
    }

    @Test
    void needsNoFile() {
        assertThat(ProfileFile.read(
                        project.load(),
                        List.of(folder.resolve("absent")),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()))
                .isEmpty();
        project.file("dbt_project.yml", "name: shop\n");
        assertThat(read(Optional.empty(), Map.of())).isEmpty();
    }
}
