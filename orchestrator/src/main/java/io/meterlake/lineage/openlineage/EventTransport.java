package io.meterlake.lineage.openlineage;

import java.io.IOException;

/** A way to hand events on. */
public interface EventTransport {
    /**
     * Sends an event.
     *
     * @param json one line
     * @throws IOException if it was not taken
     */
    void send(String json) throws IOException;
}
