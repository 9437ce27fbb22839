package io.meterlake.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardLoaderTest {
    @Test
    void readsMeterlakesOwnDashboards() {
        Dashboards dashboards = DashboardLoader.load(Path.of("../metabase"));
        assertThat(dashboards.dashboards())
                .extracting(Dashboard::name)
                .containsExactly("Data quality", "Meter explorer", "Settlement");
        assertThat(dashboards.card("meter_curve").orElseThrow().templateTags())
                .containsOnlyKeys(
                        "meters",
                        "range",
                        "channel",
                        "version_meters",
                        "version_range",
                        "version_channel",
                        "known_on",
                        "granularity",
                        "row_limit");
    }

    @Test
    void tellsAllThatIsWrongWithItsLine(@TempDir Path folder) throws IOException {
        write(folder, "collections.yml", "collections:\n  - {slug: main, name: Main}\n");
        write(folder, "cards/curve.sql", "select {{meter}}, {{n}}");
        write(
                folder,
                "cards/curve.yml",
                "name: Curve\ncollection: mian\ndisplay: lime\nshows: live\ntemplate_tags:\n  meters: {type: text}\n  n: {typ: number}\n");
        write(
                folder,
                "dashboards/one.yml",
                "name: One\ncollection: main\nparameters:\n  - {slug: m, type: string/=, values_from: {card: nothing, colum: x}}\ndashcards:\n  - {card: curv, row: 0, col: 20, size_x: 8, size_y: 2}\n");
        assertThatThrownBy(() -> DashboardLoader.load(folder))
                .hasMessageContaining("cards/curve.yml:2: there is no collection mian; did you mean 'main'?")
                .hasMessageContaining("cards/curve.yml:3: display: 'lime' is none of")
                .hasMessageContaining(
                        "cards/curve.sql: {{meter}} is not declared under template_tags; did you mean 'meters'?")
                .hasMessageContaining("unknown key typ in template tag n; did you mean 'type'?")
                .hasMessageContaining("dashboards/one.yml:6: there is no card curv; did you mean 'curve'?")
                .hasMessageContaining("dashboards/one.yml:4: there is no card nothing")
                .hasMessageContaining("unknown key colum in values_from; did you mean 'column'?")
                .hasMessageContaining("dashboards/one.yml:6: the card ends at column 28 of 24");
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent() == null ? folder : path.getParent());
        Files.writeString(path, text);
    }
}
