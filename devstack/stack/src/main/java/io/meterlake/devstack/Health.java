package io.meterlake.devstack;

import io.meterlake.error.MeterlakeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the servers answer. */
final class Health {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Pattern NEXT_URI = Pattern.compile("\"nextUri\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /**
     * Waits until Trino answers a query that needs the metastore.
     *
     * @throws MeterlakeException if one of the processes ends before, or the time is up
     */
    void await(ChildProcess metastore, int metastorePort, ChildProcess trino, URI trinoUri) {
        List<ChildProcess> both = List.of(metastore, trino);
        await(metastore, both, () -> isListening(metastorePort));
        await(trino, both, () -> isStarted(trinoUri));
        await(trino, both, () -> runsQuery(trinoUri, "SHOW SCHEMAS FROM hive"));
    }

    /**
     * Waits until a metastore that runs alone accepts connections.
     *
     * @throws MeterlakeException if the process ends before, or the time is up
     */
    static void await(ChildProcess metastore, int port) {
        await(metastore, List.of(metastore), () -> isListening(port));
    }

    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isStarted(URI trino) {
        try {
            return http.send(get(trino.resolve("/v1/info")), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"starting\":false");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private boolean runsQuery(URI trino, String sql) {
        try {
            HttpRequest post = HttpRequest.newBuilder(trino.resolve("/v1/statement"))
                    .header("X-Trino-User", "meterlake-health")
                    .timeout(Duration.ofSeconds(60))
                    .POST(HttpRequest.BodyPublishers.ofString(sql))
                    .build();
            HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
            while (answer.statusCode() == 200) {
                Matcher next = NEXT_URI.matcher(answer.body());
                if (!next.find()) {
                    return answer.body().contains("\"state\":\"FINISHED\"");
                }
                answer = http.send(get(URI.create(next.group(1))), HttpResponse.BodyHandlers.ofString());
            }
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("X-Trino-User", "meterlake-health")
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private static void await(ChildProcess awaited, List<ChildProcess> needed, BooleanSupplier ready) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            for (ChildProcess process : needed) {
                if (!process.handle().isAlive()) {
                    throw process.notStarted("it ended while the stack was starting");
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw awaited.notStarted("it does not answer after " + PATIENCE.toSeconds() + " s");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while the stack was starting", cause);
    }
}
