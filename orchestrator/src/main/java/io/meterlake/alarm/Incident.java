package io.meterlake.alarm;

import static java.util.Objects.requireNonNull;

/**
 * Something that somebody must hear of, once.
 *
 * @param subject what it is about; with the alarm it tells whether two are the same
 * @param text what happened, without secrets
 * @param fix what to do, or how to look further
 */
public record Incident(Alarm alarm, String subject, String text, String fix) {
    public Incident {
        requireNonNull(alarm, "alarm is null");
        requireNonNull(subject, "subject is null");
    }

    boolean isSameAs(Incident other) {
        return alarm == other.alarm && subject.equals(other.subject);
    }

    /** What is sent. */
    String message() {
        return "Meterlake, %s: %s%n%sRunbook: %s"
                .formatted(alarm.word(), text, fix.isEmpty() ? "" : "Fix: " + fix + "\n", alarm.runbook())
                .replace("\r\n", "\n");
    }
}
