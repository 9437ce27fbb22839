package io.meterlake.devstack;

import io.meterlake.error.MeterlakeException;
import java.net.URI;

/**
 * A Hive Metastore without a Trino: for tests that register tables and run no query. It dies with its starter. Each
 * needs a state folder of its own, which a {@link DevStack} does not use. Thread-safe.
 */
public final class LoneMetastore implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private LoneMetastore(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a metastore; of the configuration, what is said of Trino is without effect.
     *
     * @throws MeterlakeException if the port is taken or the server does not start; nothing is left running then
     */
    public static LoneMetastore start(DevStackConfig config, ServerLibraries libraries) {
        StackFiles files = new StackFiles(config.stateFolder());
        MetastoreServer server =
                new MetastoreServer(config, DevStack.port(config.metastorePort(), MetastoreServer.NAME));
        server.writeConfiguration(files);
        ChildProcess process = ChildProcess.start(
                server.command(libraries, files), Lifetime.DIES_WITH_STARTER, files.log(MetastoreServer.NAME));
        try {
            Health.await(process, server.port());
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
        return new LoneMetastore(process, server.port());
    }

    public URI uri() {
        return URI.create("thrift://127.0.0.1:" + port);
    }

    /** Stops the server. */
    @Override
    public void close() {
        process.stop();
    }
}
