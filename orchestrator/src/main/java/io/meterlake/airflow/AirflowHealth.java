package io.meterlake.airflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.meterlake.json.JsonDocuments;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What an Airflow says of itself on its page {@code /api/v2/monitor/health}. */
final class AirflowHealth implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final HttpRequest request;

    /** @param pages the address of the API server */
    AirflowHealth(URI pages) {
        this.request = HttpRequest.newBuilder(pages.resolve("/api/v2/monitor/health"))
                .timeout(TIMEOUT)
                .build();
    }

    /** The parts that are healthy by a sign of life since their start; none if nobody answers. */
    Set<AirflowPart> healthy(AirflowState state) {
        Set<AirflowPart> healthy = EnumSet.noneOf(AirflowPart.class);
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                JsonNode health = JsonDocuments.tree(answer.body());
                Arrays.stream(AirflowPart.values())
                        .filter(state::isRunning)
                        .filter(part -> part == AirflowPart.API_SERVER
                                || isHealthy(health.path(part.healthKey()), part, state.startOf(part)))
                        .forEach(healthy::add);
            }
        } catch (JsonProcessingException e) {
            // Somebody else answers on this port.
            return healthy;
        } catch (IOException e) {
            return healthy;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Airflow was starting", e);
        }
        return healthy;
    }

    /** A part that was killed counts as healthy for half a minute; so its last sign of life is looked at. */
    private static boolean isHealthy(JsonNode health, AirflowPart part, Instant since) {
        String heartbeat =
                health.path("latest_" + part.healthKey() + "_heartbeat").asText("");
        try {
            return health.path("status").asText("").equals("healthy")
                    && !OffsetDateTime.parse(heartbeat).toInstant().isBefore(since);
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
