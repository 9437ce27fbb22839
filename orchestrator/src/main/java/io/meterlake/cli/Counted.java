package io.meterlake.cli;

/** Numbers of things, for people. */
final class Counted {
    private Counted() {}

    /** As {@code 1 file} and {@code 2 files}. */
    static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
