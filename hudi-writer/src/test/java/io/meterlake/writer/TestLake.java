package io.meterlake.writer;

import io.meterlake.lake.InMemoryMetastore;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.thrift.TException;
import org.jspecify.annotations.Nullable;

/** A lake in a temporary folder, with a clock that goes on by a second whenever it is asked. */
public final class TestLake implements AutoCloseable {
    private final InMemoryMetastore metastore;
    private LakeConfig config;
    private final Path landing;
    private final AtomicLong seconds = new AtomicLong();
    private Lake lake;

    public TestLake(Path folder) {
        this(folder, 2);
    }

    public TestLake(Path folder, int buckets) {
        this(folder, config -> config.withBuckets(buckets));
    }

    /** A lake with settings of its own. */
    public TestLake(Path folder, UnaryOperator<LakeConfig> settings) {
        try {
            metastore = new InMemoryMetastore();
            landing = Files.createDirectories(folder.resolve("landing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TException e) {
            throw new IllegalStateException(e);
        }
        config = settings.apply(LakeConfig.of(folder.resolve("the lake"), "127.0.0.1", metastore.port())
                .withBuckets(2)
                .withWriterWait(Duration.ofSeconds(1)));
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

    public InMemoryMetastore metastore() {
        return metastore;
    }

    /** Reopens it with another retention. */
    void retain(int hours) {
        config = config.withRetentionHours(hours);
        reopen();
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

    public List<Map<String, @Nullable Object>> readings() {
        return rows("meter_readings");
    }

    public List<Map<String, @Nullable Object>> rows(String table) {
        return lake.rowTable(table).rows();
    }

    @Override
    public void close() {
        lake.close();
        metastore.close();
    }
}
