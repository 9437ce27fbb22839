package io.meterlake.metrics;

import io.meterlake.log.LoggedRun;
import io.meterlake.log.RunLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that is told. Pure. */
public final class Metrics {
    private Metrics() {}

    /**
     * What there is to tell.
     *
     * @param lake empty if the lake cannot be read: what is known without it is told all the same
     */
    public static List<MetricFamily> of(Optional<LakeState> lake, RunLogs logs) {
        List<MetricFamily> families = new ArrayList<>();
        families.add(MetricFamily.of("lake_up", "", "1 if the lake and its metastore can be read, 0 if not.")
                .with(lake.isPresent() ? 1 : 0));
        lake.map(LakeMetrics::of).ifPresent(families::addAll);
        families.addAll(runs(logs));
        return families;
    }

    private static List<MetricFamily> runs(RunLogs logs) {
        MetricFamily success = MetricFamily.of(
                "run_last_success_timestamp_seconds", "seconds", "When a command ended well for the last time.");
        MetricFamily failed = MetricFamily.of(
                "run_last_failed", "", "1 if the newest run of a command failed or was cut off, 0 if it ended well.");
        MetricFamily took = MetricFamily.of(
                "run_last_duration_seconds", "seconds", "How long the newest run of a command took that has ended.");
        for (Map.Entry<String, LoggedRun> one : logs.lastSuccesses().entrySet()) {
            if (one.getValue().ended() != null) {
                success = success.with(
                        Map.of("command", one.getKey()),
                        LakeMetrics.seconds(one.getValue().ended()));
            }
        }
        Map<String, LoggedRun> newest = new TreeMap<>();
        for (LoggedRun run : logs.all()) {
            if (run.status() != LoggedRun.Status.RUNNING) {
                newest.putIfAbsent(run.command(), run);
            }
        }
        for (LoggedRun run : newest.values()) {
            Map<String, String> command = Map.of("command", run.command());
            failed = failed.with(command, run.status().isFailure() ? 1 : 0);
            if (run.elapsed().isPresent()) {
                took = took.with(command, LakeMetrics.seconds(run.elapsed().get()));
            }
        }
        return List.of(success, failed, took);
    }
}
