package io.meterlake.lake;

import io.meterlake.error.MeterlakeException;
import io.trino.hive.thrift.metastore.AlreadyExistsException;
import io.trino.hive.thrift.metastore.ThriftHiveMetastore;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;

/**
 * Where a Hive Metastore listens. Every piece of work has a connection of its own. Thread-safe.
 *
 * @param patience how long to wait for a connection, and for each answer
 */
record MetastoreConnection(String host, int port, Duration patience) {
    static MetastoreConnection of(LakeConfig config) {
        return new MetastoreConnection(config.metastoreHost(), config.metastorePort(), config.metastoreWait());
    }

    interface Work<T> {
        T on(ThriftHiveMetastore.Client client) throws TException;
    }

    interface Creation {
        void run() throws TException;
    }

    /** Creates something, and is content if it is there already. */
    static void ignoreExisting(Creation creation) throws TException {
        try {
            creation.run();
        } catch (AlreadyExistsException e) {
            // Another process was faster, and made the same.
            return;
        }
    }

    /**
     * Does some work.
     *
     * @param action what it does, as {@code register the table meter_readings}
     * @throws MeterlakeException {@code METASTORE_DOWN}, {@code METASTORE_REFUSED}
     */
    <T> T call(String action, Work<T> work) {
        try (TSocket socket = new TSocket(host, port, Math.toIntExact(patience.toMillis()))) {
            socket.open();
            return work.on(new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)));
        } catch (TTransportException e) {
            if (e.getType() == TTransportException.TIMED_OUT || e.getCause() instanceof SocketTimeoutException) {
                throw stalled(action, e);
            }
            throw new MeterlakeException(
                    LakeErrorCode.METASTORE_DOWN,
                    "Cannot %s: the Hive Metastore at %s:%d does not answer (%s)"
                            .formatted(action, host, port, e.getMessage()),
                    "Start it with `meterlake stack up`, or correct its address in the configuration",
                    e);
        } catch (TException e) {
            throw new MeterlakeException(
                    LakeErrorCode.METASTORE_REFUSED,
                    "Cannot %s: the Hive Metastore at %s:%d refused: %s"
                            .formatted(action, host, port, e.getMessage() == null ? e : e.getMessage()),
                    "See the metastore's log for the cause",
                    e);
        }
    }

    /** It listens, and does not do its work: it waits for its own database, or for memory, or was stopped. */
    private MeterlakeException stalled(String action, TTransportException cause) {
        String seconds =
                BigDecimal.valueOf(patience.toMillis(), 3).stripTrailingZeros().toPlainString();
        return new MeterlakeException(
                LakeErrorCode.METASTORE_DOWN,
                "Cannot %s: the Hive Metastore at %s:%d has not answered for %s s"
                        .formatted(action, host, port, seconds),
                "See the metastore's log and whether its database works, and start it again"
                        + " (`./meterlake stack down`, `./meterlake stack up`); raise metastore.wait-seconds if it is"
                        + " only slow",
                cause);
    }
}
