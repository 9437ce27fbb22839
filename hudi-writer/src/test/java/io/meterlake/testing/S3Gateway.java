package io.meterlake.testing;

import static java.util.Objects.requireNonNull;

import io.meterlake.devstack.LoopbackPort;
import io.meterlake.devstack.Warehouse;
import io.meterlake.storage.ObjectStore;
import io.meterlake.storage.S3Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real S3 server on a free port of this machine, versitygw, with a bucket. It ends with the test process. {@code
 * METERLAKE_TEST_S3_GATEWAY} is the program, and {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY} are the
 * credentials of both sides; the suite {@code s3} of ./check sets all three.
 */
public final class S3Gateway {
    private static final String BUCKET = "meters";
    private static final String REGION = "us-east-1";
    private static final String ENDPOINT = "METERLAKE_TEST_S3_ENDPOINT";
    private static final int START_SECONDS = 30;
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static @Nullable S3Gateway shared;

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    private S3Gateway(Path program, Path folder, int port) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        Files.createDirectories(folder.resolve("metadata"));
        this.process = launch();
    }

    /** Whether the program is there. */
    public static boolean isThere() {
        return System.getenv("METERLAKE_TEST_S3_GATEWAY") != null;
    }

    /** Whether lakes of tests lie in its bucket unless the test says otherwise: {@code METERLAKE_TEST_LAKES} is {@code s3}. */
    public static boolean hasLakes() {
        return "s3".equals(System.getenv("METERLAKE_TEST_LAKES"));
    }

    /** The one of the suite, started by who asks first. */
    public static synchronized S3Gateway shared() {
        if (shared == null) {
            try {
                Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "s3");
                shared = new S3Gateway(
                        Path.of(requireNonNull(System.getenv("METERLAKE_TEST_S3_GATEWAY"))),
                        folder,
                        LoopbackPort.of(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return requireNonNull(shared);
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        program.toString(),
                        "--port",
                        "127.0.0.1:" + port,
                        "--region",
                        REGION,
                        "--quiet",
                        "posix",
                        "--sidecar",
                        folder.resolve("metadata").toString(),
                        folder.resolve("data").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("ROOT_ACCESS_KEY_ID", requireNonNull(System.getenv("AWS_ACCESS_KEY_ID")));
        builder.environment().put("ROOT_SECRET_ACCESS_KEY", requireNonNull(System.getenv("AWS_SECRET_ACCESS_KEY")));
        Process started = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        awaitPort(started);
        return started;
    }

    private void awaitPort(Process started) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(Files.readString(folder.resolve("log")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Ends it as kill -9 does. What was stored stays. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again on the same port, after it was killed. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A place in the bucket that nobody else uses. */
    public Path newPlace() {
        return place("s3a://" + BUCKET + "/place" + PLACES.incrementAndGet(), endpoint());
    }

    private static Path place(String location, URI endpoint) {
        return ObjectStore.path(location, new S3Settings(Optional.of(endpoint), Optional.of(REGION)));
    }

    /** Lets a process that is about to be started find the server, if it was started. */
    static synchronized void passOn(Map<String, String> environment) {
        if (shared != null) {
            environment.put(ENDPOINT, shared.endpoint().toString());
        }
    }

    /** The root of a lake as its text names it, in a process that was started so. */
    static Path root(String text) {
        return ObjectStore.isLocation(text)
                ? place(text, URI.create(requireNonNull(System.getenv(ENDPOINT))))
                : Path.of(text);
    }

    /** Where the metastore may make schemas, and how it gets to the lakes in the bucket. */
    public Warehouse warehouse() {
        return new Warehouse.ObjectStore(
                "s3a://" + BUCKET + "/warehouse", Optional.of(endpoint()), Optional.of(REGION));
    }
}
