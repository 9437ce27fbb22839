package io.meterlake.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterlake.error.MeterlakeException;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import io.meterlake.lake.LakeErrorCode;
import io.meterlake.testing.Relay;
import io.meterlake.testing.SharedMetastore;
import io.meterlake.writer.Line;
import io.meterlake.writer.TestLake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Snapshots and a metastore that is shared, slow or away. */
class SnapshotMetastoreTest extends OnALake {
    @Test
    void leavesNothingWhenTheMetastoreIsDown() {
        try (Relay relay = new Relay(SharedMetastore.uri());
                TestLake behind = behind(relay)) {
            behind.ingest("1.txt", Line.of("m1", DAY_1, "1", RECORDED.toString()));
            relay.cut();

            assertThatThrownBy(() -> new Snapshots(behind.lake()).create(SnapshotRequest.now("test")))
                    .isInstanceOfSatisfying(
                            MeterlakeException.class,
                            e -> assertThat(e.code()).isEqualTo(LakeErrorCode.METASTORE_DOWN));
            assertThat(savepoints(behind, "meter_readings")).isEmpty();
        }
    }

    @Test
    void isTakenBackLaterWhenTheMetastoreGoesDownInTheMiddle() {
        try (Relay relay = new Relay(SharedMetastore.uri());
                TestLake behind = behind(relay)) {
            behind.ingest("1.txt", Line.of("m1", DAY_1, "1", RECORDED.toString()));
            Snapshots cut = new Snapshots(behind.lake(), at(SnapshotStep.FILES_LISTED, relay::cut));
            assertThatThrownBy(() -> cut.create(SnapshotRequest.now("test")))
                    .isInstanceOfSatisfying(
                            MeterlakeException.class,
                            e -> assertThat(e.code()).isEqualTo(LakeErrorCode.METASTORE_DOWN));
            assertThat(savepoints(behind, "meter_readings")).isNotEmpty();

            try (Lake again = Lake.open(direct(behind.config()), behind.lake().clock())) {
                assertThat(new Snapshots(again).recover()).hasSize(1);
            }
            assertThat(savepoints(behind, "meter_readings")).isEmpty();
            assertThat(databases())
                    .containsExactlyInAnyOrder(
                            lake.config().database(), behind.config().database());
        }
    }

    @Test
    void hasAnotherIdThanOneOfAnotherLakeThatWasMadeAtTheSameMoment() {
        ingest("m1", DAY_1, "1");
        Clock noon = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);
        try (TestLake second = new TestLake(folder.resolve("second"));
                Lake one = Lake.open(lake.config(), noon);
                Lake other = Lake.open(second.config(), noon)) {
            second.ingest("1.txt", Line.of("m2", DAY_1, "2", RECORDED.toString()));
            Snapshots ofOther = new Snapshots(other);
            List<Snapshot> inTheMiddle = new ArrayList<>();
            Snapshots ofOne = new Snapshots(
                    one,
                    at(
                            SnapshotStep.FILES_LISTED,
                            () -> inTheMiddle.add(ofOther.create(SnapshotRequest.now("in the middle")))));
            Snapshot first = ofOne.create(SnapshotRequest.now("first"));
            Snapshot last = ofOther.create(SnapshotRequest.now("last"));

            assertThat(List.of(first, inTheMiddle.getFirst(), last))
                    .extracting(Snapshot::id)
                    .doesNotHaveDuplicates();
            assertThat(ofOne.verify(first).problems()).isEmpty();
            assertThat(ofOther.list()).containsExactly(inTheMiddle.getFirst(), last);
            ofOne.drop(first.id());
            for (Snapshot snapshot : ofOther.list()) {
                assertThat(ofOther.verify(snapshot).problems()).isEmpty();
                assertThat(PinnedRows.values(second, snapshot)).containsOnly(Map.entry(key("m2", DAY_1), 2_000_000L));
            }
        }
    }

    @Test
    void dropsWhatWasBuiltFromIt() {
        ingest("m1", DAY_1, "1");
        Snapshot snapshot = pin();
        SharedMetastore.add(snapshot.database() + "__marts", folder.resolve("marts"));
        SharedMetastore.add(snapshot.database() + "9", folder.resolve("other"));
        snapshots.drop(snapshot.id());

        assertThat(databases()).containsExactly(lake.config().database(), snapshot.database() + "9");
    }

    @Test
    @Timeout(120)
    void saysSoWhenTheMetastoreTakesCallsAndDoesNotAnswer() {
        try (Relay relay = new Relay(SharedMetastore.uri());
                TestLake behind = behind(relay)) {
            behind.ingest("1.txt", Line.of("m1", DAY_1, "1", RECORDED.toString()));
            Snapshots stalled = new Snapshots(behind.lake());
            Snapshot snapshot = stalled.create(SnapshotRequest.now("test"));
            relay.stall();

            assertThatThrownBy(() -> stalled.verify(snapshot)).isInstanceOfSatisfying(MeterlakeException.class, e -> {
                assertThat(e.code()).isEqualTo(LakeErrorCode.METASTORE_DOWN);
                assertThat(e).hasMessageContaining("has not answered for 5 s");
                assertThat(e.hint()).contains("metastore.wait-seconds");
            });
        }
    }

    @Test
    @Timeout(120)
    void saysSoWhenTheMetastoreHasNeverAnswered() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            LakeConfig config = LakeConfig.of(folder.resolve("new"), "127.0.0.1", silent.getLocalPort())
                    .withMetastoreWait(Duration.ofMillis(200));

            assertThatThrownBy(() -> Lake.open(config, Clock.systemUTC()))
                    .isInstanceOfSatisfying(MeterlakeException.class, e -> {
                        assertThat(e.code()).isEqualTo(LakeErrorCode.METASTORE_DOWN);
                        assertThat(e).hasMessageContaining("has not answered for 0.2 s");
                    });
        }
    }

    /** A lake that speaks to the metastore through a relay. */
    private TestLake behind(Relay relay) {
        return new TestLake(
                folder.resolve("behind"),
                config -> LakeConfig.of(config.root(), "127.0.0.1", relay.port())
                        .withDatabase(config.database())
                        .withMetastoreWait(Duration.ofSeconds(5)));
    }

    private static LakeConfig direct(LakeConfig config) {
        return LakeConfig.of(
                        config.root(),
                        SharedMetastore.uri().getHost(),
                        SharedMetastore.uri().getPort())
                .withDatabase(config.database());
    }
}
