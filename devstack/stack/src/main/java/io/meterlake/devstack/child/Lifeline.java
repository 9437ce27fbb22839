package io.meterlake.devstack.child;

import java.io.IOException;

/** Ends this process when the one that started it is gone, however it went: its end of our standard input closes then. */
final class Lifeline {
    /** Set by the starter of a process that must not outlive it. */
    static final String PROPERTY = "meterlake.lifeline";

    private Lifeline() {}

    static void hold() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread.ofPlatform().daemon().name("lifeline").start(Lifeline::haltAtEndOfInput);
        }
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; only the end matters.
            }
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(143);
    }
}
