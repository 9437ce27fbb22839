package io.meterlake.run;

import static java.util.Objects.requireNonNullElse;

import io.meterlake.project.Checksum;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A work that has ended, as a run's journal keeps it.
 *
 * @param fingerprint tells the work from one of the same node that would do something else
 */
record DoneWork(
        String id,
        String fingerprint,
        WorkStatus status,
        String message,
        List<String> queryIds,
        @Nullable Long rows,
        @Nullable Long failures,
        Instant started,
        Instant ended) {
    private static final String BEFORE = "before the retry";

    DoneWork {
        queryIds = List.copyOf(requireNonNullElse(queryIds, List.of()));
    }

    static DoneWork of(WorkResult result) {
        return new DoneWork(
                result.work().id(),
                fingerprint(result.work()),
                result.status(),
                result.message(),
                result.queryIds(),
                result.rows(),
                result.failures(),
                result.started(),
                result.ended());
    }

    /** Whether a work need not be done again, since this was it and it went well. */
    boolean does(Work work) {
        return status.letsOthersGoOn() && id.equals(work.id()) && fingerprint.equals(fingerprint(work));
    }

    WorkResult result(Work work) {
        String said = status == WorkStatus.SUCCESS ? BEFORE : message;
        return new WorkResult(work, status, said, queryIds, rows, failures, started, ended);
    }

    /** Journals of before there were any know of none. */
    private static String told(CarriedRows carried) {
        return carried instanceof CarriedRows.Nothing ? "" : "\n" + carried;
    }

    private static String fingerprint(Work work) {
        return Checksum.of(
                switch (work) {
                    // Its table is named after what is in it.
                    case Work.LoadSeed seed -> "seed\n" + seed.relation().sql();
                    case Work.BuildView view ->
                        "view\n" + view.relation().sql() + "\n" + view.sql() + "\n" + view.contract();
                    case Work.BuildTable table ->
                        "table\n" + table.relation().sql() + "\n" + table.properties() + "\n" + table.sql() + "\n"
                                + table.contract() + told(table.carried());
                    case Work.RunTest test -> "test\n" + test.config() + "\n" + test.sql();
                    case Work.RunUnitTest test -> "unit test\n" + test.query();
                });
    }
}
