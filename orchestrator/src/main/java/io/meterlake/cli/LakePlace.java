package io.meterlake.cli;

import static io.meterlake.config.Setting.LAKE_PATH;
import static io.meterlake.config.Setting.LAKE_S3_ENDPOINT;
import static io.meterlake.config.Setting.LAKE_S3_REGION;

import io.meterlake.config.Config;
import io.meterlake.config.ConfigErrorCode;
import io.meterlake.devstack.Warehouse;
import io.meterlake.error.MeterlakeException;
import io.meterlake.storage.ObjectStore;
import io.meterlake.storage.S3Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the lake lies, as the settings say: in a folder of this machine, or in a bucket.
 *
 * @param warehouse where the embedded stack's {@code hive} catalog makes its schemas
 */
record LakePlace(Path root, Warehouse warehouse) {
    private static final String WAREHOUSE = "warehouse";

    /** @throws MeterlakeException {@code INVALID_CONFIG} */
    static LakePlace of(Config config) {
        String place = config.text(LAKE_PATH).strip();
        if (!ObjectStore.isLocation(place)) {
            Path folder = config.path(LAKE_PATH);
            return new LakePlace(folder, Warehouse.folder(folder.resolve(WAREHOUSE)));
        }
        Optional<URI> endpoint = endpoint(config);
        Optional<String> region =
                Optional.of(config.text(LAKE_S3_REGION).strip()).filter(text -> !text.isEmpty());
        try {
            Path root =
                    ObjectStore.path(place, new S3Settings(endpoint, region)).normalize();
            String warehouse = root.resolve(WAREHOUSE).toString();
            return new LakePlace(root, new Warehouse.ObjectStore(warehouse, endpoint, region));
        } catch (IllegalArgumentException e) {
            throw new MeterlakeException(
                    ConfigErrorCode.INVALID_CONFIG,
                    "%s: lake.path: %s".formatted(config.value(LAKE_PATH).origin(), e.getMessage()),
                    "Write a bucket and a place in it, such as s3a://my-bucket/lake, or a folder",
                    e);
        }
    }

    /** Unlike a server of ours it may leave out its port. */
    private static Optional<URI> endpoint(Config config) {
        String text = config.text(LAKE_S3_ENDPOINT).strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Told below, with what is expected.
        }
        throw new MeterlakeException(
                ConfigErrorCode.INVALID_CONFIG,
                "Cannot use setting lake.s3.endpoint (%s): '%s' is no http address"
                        .formatted(config.value(LAKE_S3_ENDPOINT).origin(), text),
                "Write it as https://host or http://host:port, or leave it out for Amazon's");
    }
}
