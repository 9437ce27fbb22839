package io.meterlake.devstack.child;

import java.io.IOException;

/**
 * Ends this process when the one that started it is gone, however it went: its end of our standard input closes then.
 * A stack that is to stay gets {@link #LET_GO} once it is up, so that a start that is cut short leaves nothing running.
 */
public final class Lifeline {
    /** Sent by a starter that this process shall outlive. */
    public static final int LET_GO = '!';

    private Lifeline() {}

    static void hold() {
        Thread.ofPlatform().daemon().name("lifeline").start(Lifeline::haltAtEndOfInput);
    }

    private static void haltAtEndOfInput() {
        try {
            if (System.in.read() == LET_GO) {
                return;
            }
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(143);
    }
}
