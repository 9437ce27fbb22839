package io.meterlake.cli;

import static io.meterlake.config.Setting.LAKE_BUCKETS;
import static io.meterlake.config.Setting.LAKE_CLEANER;
import static io.meterlake.config.Setting.LAKE_DATABASE;
import static io.meterlake.config.Setting.LAKE_LOCK_WAIT_SECONDS;
import static io.meterlake.config.Setting.METASTORE_WAIT_SECONDS;

import io.meterlake.config.Config;
import io.meterlake.lake.CleanerPolicy;
import io.meterlake.lake.Lake;
import io.meterlake.lake.LakeConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Opens the lake that the settings describe. */
final class LakeSession {
    private LakeSession() {}

    static Lake open(Config config, Clock clock) {
        return Lake.open(config(config), clock);
    }

    /** What the settings say of the lake. */
    static LakeConfig config(Config config) {
        URI metastore = new Servers(config).metastore();
        return LakeConfig.of(LakePlace.of(config).root(), metastore.getHost(), metastore.getPort())
                .withDatabase(config.text(LAKE_DATABASE))
                .withBuckets(config.number(LAKE_BUCKETS))
                .withCleaner(CleanerPolicy.parse(config.text(LAKE_CLEANER)))
                .withWriterWait(Duration.ofSeconds(config.number(LAKE_LOCK_WAIT_SECONDS)))
                .withMetastoreWait(Duration.ofSeconds(config.number(METASTORE_WAIT_SECONDS)));
    }
}
