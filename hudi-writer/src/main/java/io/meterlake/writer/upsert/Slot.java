package io.meterlake.writer.upsert;

import java.time.LocalDate;

/**
 * The place of readings that belong into one base file.
 *
 * @param day the market's local day
 * @param bucket the bucket within the day
 */
public record Slot(LocalDate day, int bucket) {}
