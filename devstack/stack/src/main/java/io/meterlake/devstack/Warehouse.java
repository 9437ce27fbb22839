package io.meterlake.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the {@code hive} catalog makes its schemas, and the servers find the lake: on a disk, or in an object store. */
public sealed interface Warehouse {
    /** As the stack's state and messages name it. */
    String location();

    /** As the metastore's configuration names it. */
    String uri();

    /** Makes it, where that has to be done. */
    void make();

    /** Settings of the metastore with which it gets there. */
    Map<String, String> metastoreSettings();

    /** Lines of a catalog's configuration with which Trino gets there. */
    String catalogSettings();

    /** A folder on this machine. */
    static Warehouse folder(Path folder) {
        return new Folder(folder.toAbsolutePath().normalize());
    }

    /**
     * A folder.
     *
     * @param path made if missing
     */
    record Folder(Path path) implements Warehouse {
        @Override
        public String location() {
            return path.toString();
        }

        @Override
        public String uri() {
            return path.toUri().toString();
        }

        @Override
        public void make() {
            try {
                Files.createDirectories(path);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot create " + path, e);
            }
        }

        @Override
        public Map<String, String> metastoreSettings() {
            return Map.of();
        }

        @Override
        public String catalogSettings() {
            return "";
        }
    }

    /**
     * A place in a bucket of a store that speaks S3. The servers have the credentials from the environment, as AWS's own
     * programs do.
     *
     * @param location such as {@code s3a://bucket/lake/warehouse}
     * @param endpoint of a store that is not Amazon's; the bucket stands in the path then, and not in the host's name
     * @param region empty: the one of the environment
     */
    record ObjectStore(String location, Optional<URI> endpoint, Optional<String> region) implements Warehouse {
        @Override
        public String uri() {
            return location;
        }

        /** Does nothing: an object store has no folders. */
        @Override
        public void make() {}

        @Override
        public Map<String, String> metastoreSettings() {
            Map<String, String> settings = new TreeMap<>();
            endpoint.ifPresent(uri -> {
                settings.put("fs.s3a.endpoint", uri.toString());
                settings.put("fs.s3a.connection.ssl.enabled", Boolean.toString("https".equals(uri.getScheme())));
            });
            region.ifPresent(name -> settings.put("fs.s3a.endpoint.region", name));
            settings.put("fs.s3a.path.style.access", Boolean.toString(endpoint.isPresent()));
            settings.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
            return settings;
        }

        @Override
        public String catalogSettings() {
            StringBuilder settings = new StringBuilder("fs.s3.enabled=true\n");
            endpoint.ifPresent(
                    uri -> settings.append("s3.endpoint=").append(uri).append('\n'));
            region.ifPresent(name -> settings.append("s3.region=").append(name).append('\n'));
            return settings.append("s3.path-style-access=")
                    .append(endpoint.isPresent())
                    .append('\n')
                    .toString();
        }
    }
}
