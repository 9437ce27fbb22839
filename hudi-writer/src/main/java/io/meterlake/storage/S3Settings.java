package io.meterlake.storage;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an object store is reached. The credentials are not in it: they come from the environment ({@code
 * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}) or from the machine's role.
 *
 * @param endpoint of a store that is not Amazon's, such as {@code http://127.0.0.1:7070}; such seldom have a host's name
 *     for each bucket, so the bucket stands in the path
 * @param region such as {@code eu-central-1}; empty: the one of the environment or the endpoint
 */
public record S3Settings(Optional<URI> endpoint, Optional<String> region) {
    /** Parts of this size, so many at a time, are what a file that is being written takes of the memory. */
    private static final String PART = "16M";

    private static final String PARTS_AT_ONCE = "4";

    /** Hadoop's settings. */
    Map<String, String> hadoop() {
        Map<String, String> hadoop = new HashMap<>();
        endpoint.ifPresent(uri -> hadoop.put("fs.s3a.endpoint", uri.toString()));
        region.ifPresent(name -> hadoop.put("fs.s3a.endpoint.region", name));
        hadoop.put("fs.s3a.path.style.access", Boolean.toString(endpoint.isPresent()));
        hadoop.put(
                "fs.s3a.connection.ssl.enabled",
                Boolean.toString(
                        endpoint.isEmpty() || !endpoint.get().toString().startsWith("http:")));
        // By default each part lies on the local disk first.
        hadoop.put("fs.s3a.fast.upload.buffer", "bytebuffer");
        hadoop.put("fs.s3a.multipart.size", PART);
        hadoop.put("fs.s3a.fast.upload.active.blocks", PARTS_AT_ONCE);
        hadoop.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        return hadoop;
    }
}
