package io.meterlake.format.file;

/**
 * How far a compressed file may expand, so that a small hostile file cannot keep the lake busy for days.
 *
 * @param freeBytes content up to this size is never questioned
 * @param ratio bytes of content for each compressed byte, beyond the free ones
 * @param maxBytes content of more than this is refused whatever its ratio
 */
record ExpansionLimits(long freeBytes, long ratio, long maxBytes) {
    /** A day of a million idle meters, all zeros, compresses about 300 times. */
    static final ExpansionLimits STANDARD = new ExpansionLimits(256L << 20, 800, 256L << 30);
}
