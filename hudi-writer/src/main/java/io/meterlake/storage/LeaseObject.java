package io.meterlake.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A small object that is only ever changed by who knows how it was: {@code If-Match} and {@code If-None-Match}. */
record LeaseObject(ObjectStore store, String key) {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    /** What the object had when it was read, and the store's mark of that. */
    record Seen(String text, String mark) {}

    Optional<Seen> read() throws IOException {
        try {
            ResponseBytes<GetObjectResponse> found = store.client()
                    .getObjectAsBytes(request -> request.bucket(store.bucket()).key(key));
            return Optional.of(new Seen(found.asString(UTF_8), found.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("read", e);
        }
    }

    /** Makes the object; empty if it is there. */
    Optional<String> make(String text) throws IOException {
        return put(text, Optional.empty());
    }

    /** Puts a text in the place of what has this mark; empty if it has another one by now. */
    Optional<String> replace(String mark, String text) throws IOException {
        return put(text, Optional.of(mark));
    }

    private Optional<String> put(String text, Optional<String> mark) throws IOException {
        try {
            return Optional.of(store.client()
                    .putObject(
                            request -> {
                                request.bucket(store.bucket()).key(key);
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

    /** The mark of this text, if the object has it: a request whose answer was lost is sent again, and then finds its own. */
    Optional<String> markOf(LeaseText text) throws IOException {
        return read().filter(seen -> seen.text().equals(text.text())).map(Seen::mark);
    }

    void delete() throws IOException {
        try {
            store.client()
                    .deleteObject(request -> request.bucket(store.bucket()).key(key));
        } catch (SdkException e) {
            throw failure("delete", e);
        }
    }

    private IOException failure(String action, SdkException cause) {
        return new IOException(
                "the store does not let us " + action + " " + store.location() + "/" + key + ": " + cause.getMessage(),
                cause);
    }
}
