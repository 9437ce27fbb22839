package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;
import io.meterlake.format.file.LocalMeterFile;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.writer.IngestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which of the files on the command line hold something that was rejected, by their content. */
final class RetryFiles {
    private final Map<String, Known> ledger = new HashMap<>();

    /**
     * A file as the ledger has it.
     *
     * @param receivedAt the first time
     * @param rejected records that the last try refused
     */
    record Known(String utility, Instant receivedAt, boolean isIngested, long rejected) {
        /** Whether another try may bring anything. */
        boolean hasRejects() {
            return !isIngested || rejected > 0;
        }
    }

    /**
     * A file to read once more.
     *
     * @param rejected records that the last try refused
     */
    record Retry(IngestRequest request, Instant receivedAt, long rejected) {}

    RetryFiles(Lake lake) {
        for (Map<String, @Nullable Object> row :
                lake.rowTable(LakeTables.INGESTED_FILES.name()).rows()) {
            ledger.put(
                    String.valueOf(row.get("file_checksum")),
                    new Known(
                            row.get("utility") instanceof String utility ? utility : "",
                            (Instant) Objects.requireNonNull(row.get("received_at"), "received_at is null"),
                            "ingested".equals(row.get("status")),
                            row.get("rows_rejected") instanceof Long rejected ? rejected : 0));
        }
    }

    /**
     * Those that another try may bring anything of, in the order in which they came first: of two that say different
     * things of an interval, the later one is to win as it did.
     *
     * @param named files that must be known; of others, which lie in folders, those that are not are left out
     * @throws MeterlakeException {@code UNKNOWN_DELIVERY}
     */
    List<Retry> of(List<IngestRequest> requests, List<Path> named) {
        List<Retry> retries = new ArrayList<>();
        for (IngestRequest request : requests) {
            Known known = ledger.get(checksum(request.file()));
            if (known == null && named.contains(request.file())) {
                throw new MeterlakeException(
                        CliErrorCode.UNKNOWN_DELIVERY,
                        "Cannot retry %s: no file with this content was ingested".formatted(request.file()),
                        "Take it in with `./meterlake ingest`; a file that was mended is a new file.");
            }
            if (known != null && known.hasRejects()) {
                String utility = request.utility().isEmpty() ? known.utility() : request.utility();
                IngestRequest whole = new IngestRequest(request.file(), utility, request.format());
                retries.add(new Retry(whole.retry(), known.receivedAt(), known.rejected()));
            }
        }
        retries.sort(Comparator.comparing(Retry::receivedAt));
        return retries;
    }

    private static String checksum(Path file) {
        try {
            return new LocalMeterFile(file).checksum();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
