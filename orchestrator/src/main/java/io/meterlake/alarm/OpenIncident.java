package io.meterlake.alarm;

import java.time.Instant;

/**
 * An incident that goes on.
 *
 * @param since when it was found
 * @param isTold whether the webhook has taken it
 */
public record OpenIncident(Incident incident, Instant since, boolean isTold) {}
