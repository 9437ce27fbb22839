package io.meterlake.demo;

import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Random numbers that belong to what they are drawn for: those of a meter on a day are the same whichever file they are
 * drawn for and in whatever order, so that a correction knows the value that an estimate stood in for.
 *
 * @param seed of the whole week
 * @param utility whose numbers they are
 */
record Draws(long seed, String utility) {
    /** Numbers for one purpose, meter and day. */
    SplittableRandom of(String purpose, int meter, LocalDate day) {
        long mixed = seed;
        mixed = mixed * 0x9E3779B97F4A7C15L + utility.hashCode();
        mixed = mixed * 0x9E3779B97F4A7C15L + purpose.hashCode();
        mixed = mixed * 0x9E3779B97F4A7C15L + meter;
        mixed = mixed * 0x9E3779B97F4A7C15L + day.toEpochDay();
        return new SplittableRandom(mixed);
    }
}
