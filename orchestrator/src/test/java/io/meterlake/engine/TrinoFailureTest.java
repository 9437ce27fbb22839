package io.meterlake.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrinoFailureTest {
    private static final TrinoSettings SETTINGS =
            new TrinoSettings(URI.create("http://127.0.0.1:8080"), "test", List.of());
    private static final int EXTERNAL = 0x0100_0000;

    @Test
    void saysWhatToDoAboutATableThatTheMetastoreDoesNotKnowAndTheDiskHas() {
        EngineException failure = failure(
                "Query failed (#20260125_1_a): Target directory for table 'staging.readings' already exists:"
                        + " file:/warehouse/staging.db/readings",
                "create table x as select 1");
        assertThat(failure.code()).isEqualTo(EngineErrorCode.ENGINE_FAILED);
        assertThat(failure.hint()).contains("move the folder aside");
    }

    @Test
    void saysHowToFindAllFilesThatAreGone() {
        String gone = "Query failed (#20260125_1_a): File file:/lake/meter_readings/a.parquet does not exist";
        assertThat(failure(gone, "select * from hive.marts.fct_settlement").hint())
                .contains("`./meterlake doctor`")
                .contains("snapshot verify ID");
        assertThat(failure(gone, "select * from hive.snap_20260125103000000__marts.fct_settlement")
                        .hint())
                .contains("snapshot verify 20260125103000000");
    }

    private static EngineException failure(String text, String sql) {
        return TrinoFailure.of(new SQLException(text, "", EXTERNAL), SETTINGS, sql, null);
    }
}
