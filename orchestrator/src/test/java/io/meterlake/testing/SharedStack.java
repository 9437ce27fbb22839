package io.meterlake.testing;

import static java.util.Objects.requireNonNull;

import io.meterlake.devstack.DevStack;
import io.meterlake.devstack.DevStackConfig;
import io.meterlake.devstack.Lifetime;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.devstack.StackListener;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one stack of the suite: real servers, started by the first test that asks and gone with the test process. Each
 * test class takes a schema of its own. {@code METERLAKE_TEST_TRINO} and {@code METERLAKE_TEST_METASTORE} name a stack
 * that runs already, for short rounds while writing a test.
 */
public final class SharedStack {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static @Nullable SharedStack instance;

    private final URI trino;
    private final URI metastore;
    private final @Nullable Path state;

    private SharedStack(URI trino, URI metastore, @Nullable Path state) {
        this.trino = trino;
        this.metastore = metastore;
        this.state = state;
    }

    /** The stack, which is started if nobody has asked before. */
    public static synchronized SharedStack get() {
        if (instance == null) {
            instance = start();
        }
        return requireNonNull(instance);
    }

    public URI trinoUri() {
        return trino;
    }

    public URI metastoreUri() {
        return metastore;
    }

    /** The folder with the configuration of the servers; null if the stack ran already. */
    @Nullable
    Path stateFolder() {
        return state;
    }

    /** A client for Trino; stateless, so nobody needs to close it. */
    public Trino trino() {
        return new Trino(new TrinoSettings(trino, "test", List.of("test")));
    }

    /** A new schema in the catalog {@code hive}. */
    public String newSchema(String name) {
        String schema = "%s_%d_%d"
                .formatted(
                        name.toLowerCase(Locale.ROOT), ProcessHandle.current().pid(), SCHEMAS.incrementAndGet());
        trino().execute("create schema hive." + schema);
        return schema;
    }

    private static SharedStack start() {
        String running = System.getenv("METERLAKE_TEST_TRINO");
        if (running != null) {
            return new SharedStack(
                    URI.create(running),
                    URI.create(requireNonNull(
                            System.getenv("METERLAKE_TEST_METASTORE"), "METERLAKE_TEST_METASTORE is not set")),
                    null);
        }
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
            DevStack stack = DevStack.up(
                    DevStackConfig.onFreePorts(folder.resolve("state"), folder.resolve("warehouse")),
                    ServerLibraries.builtIn(Path.of("..").toAbsolutePath().normalize()),
                    Lifetime.DIES_WITH_STARTER,
                    StackListener.silent());
            return new SharedStack(stack.trinoUri(), stack.metastoreUri(), folder.resolve("state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
