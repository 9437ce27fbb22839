package io.meterlake.writer.commit;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeTables;
import io.meterlake.lake.RowTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of each file, by its checksum: {@code ingested_files}. For the holder of the lake's lock. */
public final class Ledger {
    private final RowTable table;
    private final Map<String, LedgerRow> rows = new HashMap<>();
    private final Set<Looks> looks = new HashSet<>();

    /** What is known of a file before it is read. */
    private record Looks(String name, long bytes) {}

    private Ledger(RowTable table) {
        this.table = table;
    }

    /** Reads the ledger as it is on disk. */
    public static Ledger read(Lake lake) {
        Ledger ledger = new Ledger(lake.rowTable(LakeTables.INGESTED_FILES.name()));
        for (Map<String, @Nullable Object> columns : ledger.table.rows()) {
            ledger.remember(LedgerRow.ofColumns(columns));
        }
        return ledger;
    }

    private void remember(LedgerRow row) {
        rows.put(row.fileChecksum(), row);
        looks.add(new Looks(row.sourceFile(), row.sizeBytes()));
    }

    public Optional<LedgerRow> find(String checksum) {
        return Optional.ofNullable(rows.get(checksum));
    }

    /** Whether a file of this name and size is in it; one of the same content may be in it under another name. */
    public boolean hasOneLike(String name, long bytes) {
        return looks.contains(new Looks(name, bytes));
    }

    /** Writes the rows in one commit; of a file that was tried before, the new row takes the old one's place. */
    public void write(List<LedgerRow> written) {
        table.upsert(written.stream().map(LedgerRow::columns).toList());
        written.forEach(this::remember);
    }
}
