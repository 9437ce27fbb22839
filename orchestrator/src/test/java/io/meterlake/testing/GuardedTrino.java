package io.meterlake.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.meterlake.devstack.LoopbackPort;
import io.meterlake.devstack.ServerLibraries;
import io.meterlake.devstack.child.TrinoMain;
import io.meterlake.engine.Trino;
import io.meterlake.engine.TrinoAccess;
import io.meterlake.engine.TrinoSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second Trino over the suite's metastore, that asks for a JSON Web Token over TLS and keeps to access rules. Its own
 * process, ended with the test.
 */
public final class GuardedTrino implements AutoCloseable {
    private static final byte[] KEY = "only for tests, and long enough for an HMAC".getBytes(UTF_8);
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final Path certificate;

    private GuardedTrino(Process process, int port, Path certificate) {
        this.process = process;
        this.port = port;
        this.certificate = certificate;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param folder for its configuration and log
     * @param rules as {@code access-control.name=file} reads them
     */
    public static GuardedTrino start(Path folder, String rules) throws IOException, InterruptedException {
        Path open = requireNonNull(SharedStack.get().stateFolder(), "a stack that this process started")
                .resolve("trino");
        TestCertificate own = TestCertificate.make(folder, "trino", List.of("-validity", "2"));
        int plain = LoopbackPort.of(0);
        int secure = LoopbackPort.of(0);
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Files.writeString(etc.resolve("rules.json"), rules);
        Files.writeString(etc.resolve("jwt.key"), Base64.getEncoder().encodeToString(KEY));
        Files.writeString(etc.resolve("access-control.properties"), """
                access-control.name=file
                security.config-file=%s
                """.formatted(etc.resolve("rules.json")));
        Files.writeString(etc.resolve("config.properties"), """
                coordinator=true
                node-scheduler.include-coordinator=true
                node.environment=guarded
                node.id=guarded
                node.bind-ip=127.0.0.1
                node.internal-address=127.0.0.1
                http-server.http.port=%d
                http-server.https.enabled=true
                http-server.https.port=%d
                http-server.https.keystore.path=%s
                http-server.https.keystore.key=%s
                http-server.authentication.type=JWT
                http-server.authentication.jwt.key-file=%s
                internal-communication.shared-secret=only-for-tests
                discovery.uri=http://127.0.0.1:%d
                query.max-memory=200MB
                query.max-memory-per-node=200MB
                memory.heap-headroom-per-node=200MB
                plugin.dir=%s
                catalog.config-dir=%s
                log.levels-file=%s
                access-control.config-files=%s
                """.formatted(
                        plain,
                        secure,
                        own.keyStore(),
                        TestCertificate.PASSWORD,
                        etc.resolve("jwt.key"),
                        plain,
                        open.resolve("plugin"),
                        open.resolve("etc/catalog"),
                        open.resolve("etc/log.properties"),
                        etc.resolve("access-control.properties")));
        Process process = new ProcessBuilder(command(folder, etc))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        GuardedTrino trino = new GuardedTrino(process, secure, own.pem());
        trino.awaitStart(URI.create("http://127.0.0.1:" + plain + "/v1/info"), folder.resolve("server.log"));
        return trino;
    }

    private static List<String> command(Path folder, Path etc) {
        String classPath = Stream.concat(
                        ServerLibraries.builtIn(Path.of("..").toAbsolutePath().normalize()).trino().stream(),
                        Stream.of(ownClasses()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "-Dnode.data-dir=" + folder.resolve("data"),
                "-Dconfig=" + etc.resolve("config.properties"),
                "-cp",
                classPath,
                TrinoMain.class.getName(),
                SharedStack.get().trino().version());
    }

    private static Path ownClasses() {
        try {
            return Path.of(TrinoMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitStart(URI info, Path log) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST_START);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (process.isAlive() && Instant.now().isBefore(end)) {
                try {
                    String answer = http.send(
                                    HttpRequest.newBuilder(info).build(), HttpResponse.BodyHandlers.ofString())
                            .body();
                    if (answer.contains("\"starting\":false")) {
                        return;
                    }
                } catch (IOException e) {
                    // It does not listen yet.
                }
                Thread.sleep(200);
            }
        }
        close();
        throw new IOException("The guarded Trino did not start:\n" + Files.readString(log));
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** The PEM file of its certificate. */
    public Path certificate() {
        return certificate;
    }

    /** A client for a user who has a token of his own. */
    public Trino as(String user) {
        return as(user, token(user, Instant.now().plusSeconds(600)));
    }

    /** A client that sends this token, whoever it is for. */
    public Trino as(String user, String token) {
        TrinoAccess access = new TrinoAccess(new TrinoAccess.Login.Token(token), Optional.of(certificate));
        return new Trino(new TrinoSettings(uri(), user, access, List.of("test")));
    }

    /** A token that Trino trusts until then. */
    public static String token(String subject, Instant expires) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8))
                + "."
                + base64.encodeToString("{\"sub\":\"%s\",\"exp\":%d}"
                        .formatted(subject, expires.getEpochSecond())
                        .getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
