package io.meterlake.writer.commit;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.lake.LakeTable;
import io.meterlake.lake.LakeTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hudi.client.HoodieJavaWriteClient;
import org.apache.hudi.common.model.HoodieCommitMetadata;
import org.apache.hudi.common.table.HoodieTableMetaClient;
import org.apache.hudi.common.table.timeline.HoodieActiveTimeline;
import org.apache.hudi.common.table.timeline.HoodieInstant;

/**
 * Brings a lake in order that a writer left in the middle of a file: takes back what no reader has seen, and gives the
 * ledger what was committed. For the holder of the lake's lock.
 */
public final class Recovery {
    private Recovery() {}

    /**
     * Recovers, and reads the ledger as it is then.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public static Ledger run(Lake lake) {
        LakeTable table = lake.table(LakeTables.METER_READINGS.name());
        HoodieTableMetaClient metaClient = table.metaClient();
        if (!metaClient.getActiveTimeline().filterInflightsAndRequested().empty()) {
            try (HoodieJavaWriteClient<?> client = table.writeClient()) {
                client.rollbackFailedWrites(metaClient);
            }
        }
        return finish(lake);
    }

    /**
     * Only gives the ledger what was committed, and reads it as it is then. For one who reads the lake: what is in
     * flight is not seen, and may be a slow writer's who is still at work.
     *
     * @throws MeterlakeException {@code LAKE_STORAGE}
     */
    public static Ledger finish(Lake lake) {
        HoodieTableMetaClient metaClient =
                lake.table(LakeTables.METER_READINGS.name()).metaClient();
        Ledger ledger = Ledger.read(lake);
        List<LedgerRow> missing = missing(metaClient, ledger);
        if (!missing.isEmpty()) {
            ledger.write(missing);
        }
        return ledger;
    }

    /** A writer that finds a commit missing in the ledger writes it there before its own: so the first hit ends it. */
    private static List<LedgerRow> missing(HoodieTableMetaClient metaClient, Ledger ledger) {
        List<LedgerRow> missing = new ArrayList<>();
        HoodieActiveTimeline timeline = metaClient.getActiveTimeline();
        for (HoodieInstant instant : timeline.getCommitsTimeline()
                .filterCompletedInstants()
                .getReverseOrderedInstants()
                .toList()) {
            Optional<LedgerRow> row = ledgerRow(timeline, instant);
            if (row.isPresent()) {
                boolean known = ledger.find(row.get().fileChecksum())
                        .filter(present -> present.status().equals(LedgerRow.INGESTED))
                        .isPresent();
                if (known) {
                    break;
                }
                missing.add(row.get().committed(LakeTable.completed(instant)));
            }
        }
        return missing;
    }

    private static Optional<LedgerRow> ledgerRow(HoodieActiveTimeline timeline, HoodieInstant instant) {
        try {
            HoodieCommitMetadata metadata = timeline.readCommitMetadata(instant);
            return Optional.ofNullable(metadata.getExtraMetadata().get(ReadingsCommit.LEDGER_KEY))
                    .flatMap(LedgerRow::ofJson);
        } catch (IOException e) {
            throw new MeterlakeException(
                    LakeErrorCode.LAKE_STORAGE,
                    "Cannot read the commit " + instant.requestedTime() + ": " + e,
                    "Check that you may read the lake's folder",
                    e);
        }
    }
}
