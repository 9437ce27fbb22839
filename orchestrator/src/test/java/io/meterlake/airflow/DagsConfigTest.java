package io.meterlake.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the configuration of the DAGs comes from. */
class DagsConfigTest {
    @TempDir
    private Path home;

    private Path dags;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void lay() throws IOException {
        dags = Files.createDirectories(home.resolve("airflow-dags"));
        Files.writeString(dags.resolve("meterlake-dags.example.yml"), "command: ../meterlake\n");
    }

    @Test
    void isTheExampleWhereTheDemosFilesAre() throws IOException {
        Files.createDirectories(home.resolve(".meterlake/demo/landing"));

        Path file = DagsConfig.of("", dags, home, told::add);

        assertThat(file).isEqualTo(dags.resolve("meterlake-dags.yml")).hasContent("command: ../meterlake\n");
        assertThat(told).singleElement().asString().contains("Made " + file + " from the example");
        Files.writeString(file, "command: mine\n");
        assertThat(DagsConfig.of("", dags, home, told::add)).hasContent("command: mine\n");
        assertThat(told).hasSize(1);
    }

    @Test
    void isNotMadeUpForAProjectThatTheExampleDoesNotDescribe() {
        assertThatThrownBy(() -> DagsConfig.of("", dags, home, told::add))
                .isInstanceOf(MeterlakeException.class)
                .hasMessageContaining("the DAGs have no configuration " + dags.resolve("meterlake-dags.yml"))
                .extracting(e -> ((MeterlakeException) e).code())
                .isEqualTo(AirflowErrorCode.NO_DAGS_CONFIG);
        assertThat(dags.resolve("meterlake-dags.yml")).doesNotExist();
    }

    @Test
    void isTheFileThatTheEnvironmentNames() throws IOException {
        Path named = Files.writeString(home.resolve("mine.yml"), "");
        assertThat(DagsConfig.of(named.toString(), dags, home, told::add)).isEqualTo(named);
        assertThatThrownBy(() -> DagsConfig.of(home.resolve("gone.yml").toString(), dags, home, told::add))
                .hasMessageContaining("AIRFLOW_METERLAKE_CONFIG names the file");
    }
}
