package io.meterlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.config.Config;
import io.meterlake.config.ConfigReader;
import io.meterlake.devstack.Warehouse;
import io.meterlake.error.MeterlakeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakePlaceTest {
    @TempDir
    private Path folder;

    private LakePlace place(String path, String endpoint, String region) {
        Map<String, String> settings = new HashMap<>();
        settings.put("lake.path", path);
        settings.put("lake.s3.endpoint", endpoint);
        settings.put("lake.s3.region", region);
        Config config = ConfigReader.read(folder, Map.of(), settings);
        return LakePlace.of(config);
    }

    @Test
    void isAFolderBesideTheSettings() {
        LakePlace place = place("my/lake", "", "");
        assertThat(place.root()).isEqualTo(folder.resolve("my/lake"));
        assertThat(place.warehouse()).isEqualTo(Warehouse.folder(folder.resolve("my/lake/warehouse")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://meters/my/lake", "s3://meters/my/lake/", " s3a://meters/./my/lake "})
    void isAPlaceInABucket(String path) {
        LakePlace place = place(path, "", "eu-central-1");
        assertThat(place.root()).hasToString("s3a://meters/my/lake");
        assertThat(place.warehouse().catalogSettings()).contains("s3.path-style-access=false");
        assertThat(place.warehouse())
                .isEqualTo(new Warehouse.ObjectStore(
                        "s3a://meters/my/lake/warehouse", Optional.empty(), Optional.of("eu-central-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000", "https://store.example.com"})
    void isAskedOfAnotherStoreThanAmazonsWithTheBucketInThePath(String endpoint) {
        Warehouse warehouse = place("s3a://meters/lake", endpoint, "").warehouse();
        assertThat(warehouse.catalogSettings()).contains("s3.path-style-access=true");
        assertThat(warehouse.metastoreSettings()).containsEntry("fs.s3a.path.style.access", "true");
        assertThat(warehouse)
                .isEqualTo(new Warehouse.ObjectStore(
                        "s3a://meters/lake/warehouse", Optional.of(URI.create(endpoint)), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://, '', flag: lake.path: s3a:// names no bucket",
        "s3a://Meters/lake, '', flag: lake.path: s3a://Meters/lake names no bucket",
        "s3a://meters/lake, localhost:9000, Cannot use setting lake.s3.endpoint (flag): 'localhost:9000' is no http address",
        "s3a://meters/lake, 'http://a b', Cannot use setting lake.s3.endpoint (flag): 'http://a b' is no http address",
    })
    void refusesWhatIsNone(String path, String endpoint, String message) {
        assertThatThrownBy(() -> place(path, endpoint, ""))
                .isInstanceOfSatisfying(
                        MeterlakeException.class,
                        failure -> assertThat(failure.hint()).isNotBlank())
                .hasMessage(message);
    }
}
