package io.meterlake.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the trail.
 *
 * @param number counted from 1; 0 as long as it is not {@linkplain #linked linked}
 * @param person the operating system's user whose process it was
 * @param host the machine
 * @param process the process's number on it
 * @param user who the process is to Trino, {@code trino.user}
 * @param command the command's words, as {@code report sign}
 * @param arguments the whole command line, without secrets
 * @param exitCode null at the beginning
 * @param errorCode a stable name; null if nothing failed or what failed has none
 * @param error what went wrong first; null if nothing did
 * @param rowsRejected how many readings or records were refused
 * @param objects what it had to do with, as {@code report settlement-2026-01-final-1}
 * @param previousHash the hash of the entry before
 */
@JsonIgnoreProperties(ignoreUnknown = true) // What a later version adds is under the hash all the same.
public record AuditEntry(
        long number,
        Instant time,
        Event event,
        String person,
        String host,
        long process,
        String user,
        String command,
        List<String> arguments,
        @Nullable Integer exitCode,
        @Nullable String errorCode,
        @Nullable String error,
        long rowsRejected,
        List<String> objects,
        String previousHash) {

    /** What an entry tells of. */
    public enum Event {
        /** A command that changes something begins. If none follows, it was killed. */
        @JsonProperty("began")
        BEGAN,
        /** A command has ended, with or without success. */
        @JsonProperty("ended")
        ENDED;

        /** As it stands in the trail. */
        public String word() {
            return this == BEGAN ? "began" : "ended";
        }
    }

    public AuditEntry {
        arguments = List.copyOf(arguments);
        objects = List.copyOf(objects);
    }

    AuditEntry linked(long asNumber, String afterHash) {
        return new AuditEntry(
                asNumber,
                time,
                event,
                person,
                host,
                process,
                user,
                command,
                arguments,
                exitCode,
                errorCode,
                error,
                rowsRejected,
                objects,
                afterHash);
    }
}
