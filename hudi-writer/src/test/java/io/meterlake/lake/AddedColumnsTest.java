package io.meterlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meterlake.testing.SharedMetastore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that a version wrote which did not have all columns yet. */
class AddedColumnsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final List<String> ADDED = List.of("tries", "resolved_at");

    @TempDir
    Path folder;

    private static Map<String, @Nullable Object> row(long line) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("file_checksum", "c");
        row.put("source_file", "f");
        row.put("line", line);
        row.put("received_at", CLOCK.instant());
        row.put("received_date", LocalDate.parse("2026-06-01"));
        return row;
    }

    @Test
    void isReadAndWrittenAsItIsNow() {
        URI metastore = SharedMetastore.uri();
        LakeConfig config = LakeConfig.of(folder.resolve("lake"), metastore.getHost(), metastore.getPort())
                .withDatabase(SharedMetastore.newDatabase());
        TableDefinition now = LakeTables.REJECTED_READINGS;
        TableDefinition before = new TableDefinition(
                now.name(),
                now.columns().stream()
                        .filter(column -> !ADDED.contains(column.name()))
                        .toList(),
                now.key(),
                now.partition(),
                now.ordering(),
                now.layout());
        TableStorage.create(before, config, Lake.hudi(config));
        try (Lake lake = Lake.open(config, CLOCK)) {
            new HudiRowTable(lake, new LakeTable(before, config, Lake.hudi(config))).upsert(List.of(row(1), row(2)));
            RowTable table = lake.rowTable(now.name());
            assertThat(table.rows())
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row).containsEntry("tries", null));

            Map<String, @Nullable Object> resolved = row(2);
            resolved.put("tries", 1);
            resolved.put("resolved_at", CLOCK.instant());
            table.upsert(List.of(resolved, row(3)));

            assertThat(table.rows())
                    .extracting(row -> row.get("line"), row -> row.get("resolved_at"))
                    .containsExactlyInAnyOrder(tuple(1L, null), tuple(2L, CLOCK.instant()), tuple(3L, null));
        }
    }
}
