package io.meterlake.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A small object that is only ever changed by who knows how it was: {@code If-Match} and {@code If-None-Match}. A request
 * whose answer was lost on its way is sent again, and then finds its own text: that counts as written, as no two texts are
 * equal.
 */
record LeaseObject(ObjectStore store, String key) {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    /** Of one request and its repetitions: a sign of life that takes three of them comes before its lock is taken for lost. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** What the object had when it was read, and the store's mark of that. */
    record Seen(String text, String mark) {}

    Optional<Seen> read() throws IOException {
        try {
            ResponseBytes<GetObjectResponse> found = store.client()
                    .getObjectAsBytes(request ->
                            request.bucket(store.bucket()).key(key).overrideConfiguration(LeaseObject::inTime));
            return Optional.of(new Seen(found.asString(UTF_8), found.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("read", e);
        }
    }

    /** Makes the object, and gives its mark; empty if it is there with another text. */
    Optional<String> make(LeaseText text) throws IOException {
        return put(text, Optional.empty());
    }

    /** Puts a text in the place of what has this mark, and gives the new one; empty if nothing was written. */
    Optional<String> replace(String mark, LeaseText text) throws IOException {
        return put(text, Optional.of(mark));
    }

    private Optional<String> put(LeaseText text, Optional<String> mark) throws IOException {
        Optional<String> written = tryPut(text.text(), mark);
        return written.isPresent()
                ? written
                : read().filter(seen -> seen.text().equals(text.text())).map(Seen::mark);
    }

    /** Empty if the store says that the object is not as it was, or that it is busy with it. */
    private Optional<String> tryPut(String text, Optional<String> mark) throws IOException {
        try {
            return Optional.of(store.client()
                    .putObject(
                            request -> {
                                request.bucket(store.bucket()).key(key).overrideConfiguration(LeaseObject::inTime);
                                if (mark.isPresent()) {
                                    request.ifMatch(mark.get());
                                } else {
                                    request.ifNoneMatch("*");
                                }
                            },
                            RequestBody.fromString(text))
                    .eTag());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return Optional.empty();
            }
            throw failure("write", e);
        } catch (SdkException e) {
            throw failure("write", e);
        }
    }

    void delete() throws IOException {
        try {
            store.client()
                    .deleteObject(request ->
                            request.bucket(store.bucket()).key(key).overrideConfiguration(LeaseObject::inTime));
        } catch (SdkException e) {
            throw failure("delete", e);
        }
    }

    private static void inTime(AwsRequestOverrideConfiguration.Builder request) {
        request.apiCallTimeout(DEADLINE);
    }

    private IOException failure(String action, SdkException cause) {
        return new IOException(
                "the store does not let us " + action + " " + store.location() + "/" + key + ": " + cause.getMessage(),
                cause);
    }
}
