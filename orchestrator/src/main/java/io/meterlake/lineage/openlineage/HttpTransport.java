package io.meterlake.lineage.openlineage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts events to a server such as Marquez. */
public final class HttpTransport implements EventTransport {
    private static final String STANDARD_PATH = "/api/v1/lineage";

    private final URI url;
    private final String apiKey;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * @param url without a path: the specification's {@value #STANDARD_PATH}
     * @param apiKey sent as a bearer token; empty: none. Never printed
     * @param timeout for connecting, and for the answer
     * @throws IllegalArgumentException if it is no http address
     */
    public HttpTransport(String url, String apiKey, Duration timeout) {
        URI written = URI.create(url.strip());
        if (written.getHost() == null || !("http".equals(written.getScheme()) || "https".equals(written.getScheme()))) {
            throw new IllegalArgumentException("no http address: " + url);
        }
        this.url =
                written.getPath().isEmpty() || written.getPath().equals("/") ? written.resolve(STANDARD_PATH) : written;
        this.apiKey = apiKey;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public void send(String json) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!apiKey.isEmpty()) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new IOException("the server answered " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
