package io.meterlake.audit;

import java.util.List;
import java.util.Optional;

/**
 * What a look at the whole trail found.
 *
 * @param entries how many there are
 * @param last the last one's number and hash; empty if there is none
 * @param problems what shows that an entry was changed or taken out, in the order of the files
 * @param cutOff where a line was not written to its end, as {@code audit-2026-01.jsonl:12}; the chain goes on behind it
 */
public record AuditCheck(long entries, Optional<Mark> last, List<String> problems, List<String> cutOff) {
    public AuditCheck {
        problems = List.copyOf(problems);
        cutOff = List.copyOf(cutOff);
    }

    /** An entry by its number and hash. Noted elsewhere, it proves later that the trail up to there is what it was. */
    public record Mark(long number, String hash) {
        /** Reads {@code 12:9f86d0…}; empty if it is none. */
        public static Optional<Mark> parse(String text) {
            String[] parts = text.split(":", -1);
            return parts.length == 2 && parts[0].matches("[1-9][0-9]{0,17}") && parts[1].matches("[0-9a-f]{64}")
                    ? Optional.of(new Mark(Long.parseLong(parts[0]), parts[1]))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return number + ":" + hash;
        }
    }
}
