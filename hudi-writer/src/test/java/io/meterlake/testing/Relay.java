package io.meterlake.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes on what goes to a server, until it is cut: then nobody answers there any more; or stalls. Thread-safe. */
public final class Relay implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stalled;

    /** Listens on a free port of the loopback interface. */
    public Relay(URI server) {
        this.server = server;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                if (stalled) {
                    continue;
                }
                Socket behind = new Socket(server.getHost(), server.getPort());
                open.add(behind);
                Thread.ofVirtual().start(() -> pass(client, behind));
                Thread.ofVirtual().start(() -> pass(behind, client));
            }
        } catch (IOException e) {
            // It was cut.
            cut();
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has ended, and so does the other.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Whoever connects from now on is let in, and gets no answer. */
    public void stall() {
        stalled = true;
    }

    @Override
    public void close() {
        cut();
    }

    /** Whoever is connected is cut off, and nobody else gets in. */
    public void cut() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
