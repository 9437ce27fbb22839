package io.meterlake.cli;

import io.meterlake.config.Config;
import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.metrics.LakeReader;
import io.meterlake.metrics.LakeState;
import io.meterlake.metrics.MetricFamily;
import io.meterlake.metrics.Metrics;
import io.meterlake.report.ReportFiles;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all metrics of what the settings name. Not thread-safe. */
final class LakeMetricsSource {
    private final Config config;
    private final Clock clock;
    private @Nullable MeterlakeException failure;

    LakeMetricsSource(Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** What there is now. */
    List<MetricFamily> read() {
        return Metrics.of(lake(), LoggedExecution.logs(config));
    }

    /** Why the lake could not be read the last time. */
    Optional<MeterlakeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** The lake as it is now; empty if it cannot be read. */
    Optional<LakeState> lake() {
        failure = null;
        try (Lake lake = LakeSession.open(config, clock)) {
            return Optional.of(state(config, lake));
        } catch (MeterlakeException e) {
            failure = e;
            return Optional.empty();
        }
    }

    private static LakeState state(Config config, Lake lake) {
        ReportFiles files = ReportCommand.files(config);
        return new LakeReader(lake, files, ReportCommand.records(files, lake)).read();
    }
}
