package io.meterlake.writer;

import io.meterlake.reading.Series;
import io.meterlake.writer.commit.LedgerRow;
import io.meterlake.writer.commit.RejectedReadings;
import io.meterlake.writer.source.LandingFile;
import io.meterlake.writer.upsert.IncomingFile;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/** A file of a batch, and what reading it came to. */
sealed interface BatchFile {
    /** There is nothing to do: the ledger has it as ingested, and reading it once more brought nothing good. */
    record Known(IngestOutcome outcome) implements BatchFile {}

    /**
     * It is void as a whole.
     *
     * @param row what the ledger is to say
     * @param hint how to mend it
     */
    record Unreadable(Outcomes outcomes, LedgerRow row, String hint) implements BatchFile {}

    /**
     * Its readings are among those of the batch.
     *
     * @param declared its series as it gives them itself
     * @param utcDays the days of its readings, counted from 1970-01-01
     */
    record Read(Opened opened, IncomingFile readings, Set<Series> declared, BitSet utcDays) implements BatchFile {
        Path path() {
            return opened.path();
        }

        Outcomes outcomes() {
            return opened.outcomes();
        }

        /** Whether it has, or may have had, anything in {@code rejected_readings}. */
        boolean concernsRejects() {
            return opened.before().isPresent() || !readings.rejects().isEmpty();
        }

        RejectedReadings.OfFile rejects() {
            return new RejectedReadings.OfFile(
                    outcomes().facts(), readings.rejects(), outcomes().tries());
        }
    }

    /**
     * A file that is about to be read.
     *
     * @param before what the ledger says of an earlier try
     */
    record Opened(IngestRequest request, LandingFile file, Outcomes outcomes, Optional<LedgerRow> before) {
        Path path() {
            return request.file();
        }

        /** The same file, to begin anew with what the ledger says of it. */
        Opened withBefore(LedgerRow known) {
            Optional<LedgerRow> row = Optional.of(known);
            return new Opened(request, file, new Outcomes(request, file, outcomes.receivedAt(), row), row);
        }
    }
}
