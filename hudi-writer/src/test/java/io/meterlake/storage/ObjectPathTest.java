package io.meterlake.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names only; no store is asked. */
class ObjectPathTest {
    private static final S3Settings AMAZON = new S3Settings(Optional.empty(), Optional.empty());

    private static Path path(String location) {
        return ObjectStore.path(location, AMAZON);
    }

    @Test
    void isNamedAsHadoopAndTrinoNameIt() {
        Path lake = path("s3a://meters/lake");
        Path file = lake.resolve("meter_readings")
                .resolve("reading_date=2026-03-29")
                .resolve("a b.parquet");

        assertThat(Storage.of(file).location(file))
                .isEqualTo("s3a://meters/lake/meter_readings/reading_date=2026-03-29/a b.parquet");
        assertThat(file.toUri())
                .isEqualTo(URI.create("s3a://meters/lake/meter_readings/reading_date=2026-03-29/a%20b.parquet"));
        assertThat(path("s3://meters/lake/")).as("s3:// is the same").isEqualTo(lake);
        assertThat(Storage.of(lake).isAt("s3://meters/lake/", lake)).isTrue();
        assertThat(Storage.of(lake).isAt("s3a://meters/other", lake)).isFalse();
        assertThat(Storage.of(lake).isAt("file:///lake", lake)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, c, /a/b/c",
        "/a/b, ../c, /a/c",
        "/a, ../../../c, /c",
        "/a, ./b/./c, /a/b/c",
        "/, a, /a",
    })
    void resolvesAndNormalizesAsADisksPathsDo(String from, String other, String expected) {
        Path root = path("s3a://meters/");
        assertThat(root.resolve(from).resolve(other).normalize()).isEqualTo(root.resolve(expected));
        assertThat(Path.of(from).resolve(other).normalize()).isEqualTo(Path.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b/c/d", "/a/b, /a/x", "/a/b, /a/b", "/a/b/c, /a"})
    void relativizesAsADisksPathsDo(String from, String to) {
        Path root = path("s3a://meters/");
        assertThat(root.resolve(from).relativize(root.resolve(to)).toString())
                .isEqualTo(Path.of(from).relativize(Path.of(to)).toString());
    }

    @Test
    void hasTheNamesThatADisksPathsHave() {
        Path path = path("s3a://meters/a/b/c");
        assertThat(String.valueOf(path.getFileName())).isEqualTo("c");
        assertThat(path.getParent()).isEqualTo(path("s3a://meters/a/b"));
        assertThat(path.getRoot()).isEqualTo(path("s3a://meters"));
        assertThat(path.getNameCount()).isEqualTo(3);
        assertThat(path.subpath(1, 3).toString()).isEqualTo("b/c");
        assertThat(path.startsWith(path("s3a://meters/a"))).isTrue();
        assertThat(path.startsWith(path("s3a://meters/aa"))).isFalse();
        assertThat(path.endsWith(path.subpath(1, 3))).isTrue();
        assertThat(path.resolveSibling("d")).isEqualTo(path("s3a://meters/a/b/d"));
        assertThat(path("s3a://meters/").getFileName()).isNull();
        assertThat(path("s3a://meters/a").getParent()).isEqualTo(path("s3a://meters/"));
    }

    @Test
    void isOfOneBucketAndOneStore() {
        Path path = path("s3a://meters/a");
        Path elsewhere = ObjectStore.path(
                "s3a://meters/a", new S3Settings(Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty()));
        assertThat(path).isNotEqualTo(elsewhere).isNotEqualTo(path("s3a://others/a"));
        assertThatThrownBy(() -> path.resolve(elsewhere)).isInstanceOf(ProviderMismatchException.class);
        assertThatThrownBy(() -> path.resolve(Path.of("b"))).isInstanceOf(ProviderMismatchException.class);
    }

    @ParameterizedTest
    @CsvSource({"s3a://, names no bucket", "s3a:///lake, names no bucket", "/lake, does not begin with s3a://"})
    void refusesWhatNamesNoBucket(String location, String why) {
        assertThatThrownBy(() -> path(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
