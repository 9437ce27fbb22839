package io.meterlake.devstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of 127.0.0.1 that nobody listens on. */
public final class LoopbackPort {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private LoopbackPort() {}

    /**
     * The port itself, or a free one for 0.
     *
     * @throws IOException if another program listens on it
     */
    public static int of(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wanted));
            return socket.getLocalPort();
        }
    }
}
