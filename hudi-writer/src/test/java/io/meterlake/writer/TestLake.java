package io.meterlake.writer;

import static java.util.Objects.requireNonNull;

import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.testing.S3Gateway;
import io.meterlake.testing.SharedMetastore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A lake in a temporary folder, with a database of its own in the suite's metastore and a clock that goes on by a second
 * whenever it is asked.
 */
public final class TestLake implements AutoCloseable {
    private final LakeConfig config;
    private final Path landing;
    private final AtomicLong seconds = new AtomicLong();
    private Lake lake;

    public TestLake(Path folder) {
        this(folder, config -> config);
    }

    /** A lake with settings of its own. */
    public TestLake(Path folder, UnaryOperator<LakeConfig> settings) {
        this(folder, S3Gateway.hasLakes() ? S3Gateway.shared().newPlace() : folder.resolve("the lake"), settings);
    }

    /** A lake that lies elsewhere than its landing folder. */
    public TestLake(Path folder, Path root, UnaryOperator<LakeConfig> settings) {
        try {
            landing = Files.createDirectories(folder.resolve("landing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        URI metastore = SharedMetastore.uri();
        config = settings.apply(LakeConfig.of(root, metastore.getHost(), metastore.getPort())
                .withDatabase(SharedMetastore.newDatabase())
                .withBuckets(2)
                .withWriterWait(Duration.ofSeconds(5)));
        lake = Lake.open(config, clock());
    }

    private Clock clock() {
        Instant start = Instant.parse("2026-06-01T00:00:00Z");
        InstantSource source = () -> start.plusSeconds(seconds.incrementAndGet());
        return source.withZone(ZoneOffset.UTC);
    }

    /** A number that was not given before. */
    public long nextNumber() {
        return seconds.incrementAndGet();
    }

    public Lake lake() {
        return lake;
    }

    public LakeConfig config() {
        return config;
    }

    /** As the next process does it. */
    public Lake reopen() {
        lake.close();
        lake = Lake.open(config, clock());
        return lake;
    }

    public Path file(String name, List<Line> lines) {
        return write(name, lines.stream().map(Line::text).toList());
    }

    public Path write(String name, List<String> lines) {
        try {
            return Files.write(landing.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public IngestOutcome ingest(Path file) {
        return new Ingest(lake, IngestListener.NONE).ingest(new IngestRequest(file, "", LineFormat.INSTANCE));
    }

    public IngestOutcome ingest(String name, Line... lines) {
        return ingest(file(name, List.of(lines)));
    }

    /** What {@code ingested_files} says of a file. */
    Map<String, @Nullable Object> ledger(IngestOutcome outcome) {
        return rows("ingested_files").stream()
                .filter(row -> outcome.checksum().equals(row.get("file_checksum")))
                .findFirst()
                .orElseThrow();
    }

    /** When a file was received. */
    Instant receivedAt(IngestOutcome outcome) {
        return (Instant) requireNonNull(ledger(outcome).get("received_at"));
    }

    public List<Map<String, @Nullable Object>> readings() {
        return rows("meter_readings");
    }

    public List<Map<String, @Nullable Object>> rows(String table) {
        return lake.rowTable(table).rows();
    }

    @Override
    public void close() {
        lake.close();
    }
}
