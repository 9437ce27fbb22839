package io.meterlake.cli;

import io.meterlake.error.MeterlakeException;

/** What {@code --last} of the commands that list something means. */
final class LastFew {
    private LastFew() {}

    /**
     * How many are listed at the most.
     *
     * @param last as it was written; 0 for all
     * @param what is listed, as {@code runs}
     * @throws MeterlakeException {@code INVALID_LIMIT}
     */
    static long most(int last, String what) {
        if (last < 0) {
            throw new MeterlakeException(
                    CliErrorCode.INVALID_LIMIT,
                    "Cannot list the last %d %s: there is no such number".formatted(last, what),
                    "Write --last with a number of 0 or more.");
        }
        return last == 0 ? Long.MAX_VALUE : last;
    }
}
