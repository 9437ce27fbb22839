package io.meterlake.alarm;

import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Posts texts as Slack and those like it take them: {@code {"text": …}}. The address is a secret and never printed. */
public final class Webhook {
    private final URI url;
    private final Duration timeout;

    /**
     * @param url an address of http or https
     * @param timeout for connecting, and for the answer
     */
    public Webhook(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    /**
     * Sends a text.
     *
     * @throws IOException whose message does not hold the address
     */
    void send(String text) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(JsonDocuments.compact(Map.of("text", text))))
                .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new Refused("it answered " + status);
            }
        } catch (Refused e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            // Its message may name the host.
            throw new IOException(e.getClass().getSimpleName());
        }
    }

    /** An answer other than 2xx. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    @Override
    public String toString() {
        return "the webhook";
    }
}
