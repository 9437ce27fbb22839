package io.meterlake.cli;

/** While it is open, an ingest that is ended by Ctrl-C or SIGTERM says what that means for its files. */
final class InterruptNote implements AutoCloseable {
    private final Thread hook;

    private InterruptNote(Thread hook) {
        this.hook = hook;
    }

    static InterruptNote open(Console console) {
        Thread hook = new Thread(
                () -> {
                    console.note(
                            "Cut off: the files reported before are in the lake, and nothing of the others is, but for"
                                    + " one that was being committed, which is in as a whole or not at all.");
                    console.note("Fix: run the same command again; what is in already is left as it is.");
                },
                "interrupt-note");
        Runtime.getRuntime().addShutdownHook(hook);
        return new InterruptNote(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs already.
        }
    }
}
