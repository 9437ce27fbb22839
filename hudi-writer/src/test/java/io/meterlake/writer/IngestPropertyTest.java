package io.meterlake.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.lake.LakeTables;
import io.meterlake.lake.TableDefinition;
import io.meterlake.writer.IngestOutcome.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any files, tried on generated ones and compared with {@link Model}. */
class IngestPropertyTest {
    private static final int FILES = 8;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void holdsWhatTheModelSaysAfterEveryFile(long seed) {
        Deliveries deliveries = new Deliveries(seed);
        Model model = new Model();
        try (TestLake lake = new TestLake(folder, config -> config.withBuckets(1 + (int) seed))) {
            for (int i = 0; i < FILES; i++) {
                List<Line> lines = deliveries.next(1 + deliveries.number(250));
                IngestOutcome outcome = lake.ingest(lake.file("file" + i, lines));
                Model.Counts counts = model.ingest("file" + i, lines, lake.receivedAt(outcome));

                assertThat(Model.Counts.of(outcome)).as("counts of file %d", i).isEqualTo(counts);
                assertThat(outcome.commit() != null)
                        .as("file %d changes something", i)
                        .isEqualTo(counts.added() + counts.changed() > 0);
                assertThat(TableReader.readings(lake.lake()))
                        .as("after file %d", i)
                        .isEqualTo(model.columns());
            }
            assertThat(lake.readings()).hasSize(model.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11})
    void isTheSameTableWhateverTheOrderAndTheSplitOfTheFiles(long seed) {
        List<Line> lines = new Deliveries(seed).nextOfDistinctTimes(1500);
        Model model = new Model();
        model.ingest("all", lines, Instant.EPOCH);
        Random random = new Random(seed);
        for (int files : List.of(1, 3, 7)) {
            List<Line> shuffled = new ArrayList<>(lines);
            Collections.shuffle(shuffled, random);
            try (TestLake lake = new TestLake(folder.resolve("in" + files))) {
                ingestInParts(lake, shuffled, files, random);
                assertThat(Model.withoutOrigins(TableReader.readings(lake.lake())))
                        .as("in %d files", files)
                        .isEqualTo(Model.withoutOrigins(model.columns()));
            }
        }
    }

    private static void ingestInParts(TestLake lake, List<Line> lines, int files, Random random) {
        int from = 0;
        for (int file = 1; file <= files; file++) {
            int to = file == files ? lines.size() : random.nextInt(from, lines.size());
            lake.ingest(lake.file("part" + file, lines.subList(from, to)));
            from = to;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21})
    void changesNothingByAnyReplay(long seed) {
        Deliveries deliveries = new Deliveries(seed);
        try (TestLake lake = new TestLake(folder)) {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                files.add(lake.file("file" + i, deliveries.next(100)));
                lake.ingest(files.getLast());
            }
            Map<String, Map<String, @Nullable Object>> readings = TableReader.readings(lake.lake());
            Map<String, Object> instants = instants(lake);
            Collections.shuffle(files, new Random(seed));
            for (Path file : files) {
                lake.reopen();
                assertThat(lake.ingest(file).status()).isEqualTo(Status.ALREADY_INGESTED);
            }
            assertThat(TableReader.readings(lake.lake())).isEqualTo(readings);
            assertThat(instants(lake)).isEqualTo(instants);
        }
    }

    private static Map<String, Object> instants(TestLake lake) {
        return LakeTables.ALL.stream()
                .map(TableDefinition::name)
                .collect(Collectors.toMap(name -> name, name -> lake.lake().completedInstants(name)));
    }
}
