package presence.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Asks a server on this machine over several connections, one question at a time on each, with one thread and as little
 * work as can be: the server has the machine's cores to share with it, whatever server it is.
 */
final class LoadClient implements AutoCloseable {
    /** How the two sides talk. */
    interface Protocol {
        /** Does what comes before the first question; the channel blocks. */
        void greet(SocketChannel channel) throws IOException;

        /** What talks on one connection; itself, unless it remembers what was said there. */
        default Protocol onConnection() {
            return this;
        }

        /** Whether the time of the answer that has just come counts. */
        default boolean counts() {
            return true;
        }

        /** Writes question number so-and-so; the buffer is empty. */
        void ask(long number, ByteBuffer out);

        /**
         * Whether the bytes are a whole answer.
         *
         * @throws IOException if the answer is not the one hoped for
         */
        boolean answered(byte[] bytes, int length) throws IOException;
    }

    /**
     * What came of a load.
     *
     * @param perSecond how many answers a second, of those that count
     * @param latencies how long they took, in nanoseconds: from when they were asked, or from when they were due to be
     */
    record Load(double perSecond, Histogram latencies) {}

    private static final class Connection {
        final SocketChannel channel;
        final Protocol protocol;
        final ByteBuffer out = ByteBuffer.allocateDirect(4 << 10);
        final ByteBuffer in = ByteBuffer.allocate(256 << 10);
        long since;

        Connection(SocketChannel channel, Protocol protocol) {
            this.channel = channel;
            this.protocol = protocol;
        }
    }

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private long asked;

    LoadClient(int port, int count, Protocol protocol) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.socket().setTcpNoDelay(true);
            protocol.greet(channel);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel, protocol.onConnection());
            channel.register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
    }

    /** Asks the next question as soon as the last one is answered, on every connection. */
    Load fullSpeed(double seconds) throws IOException {
        Histogram latencies = new Histogram(3);
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        for (Connection connection : connections) {
            ask(connection, System.nanoTime());
        }
        int open = connections.size();
        while (open > 0) {
            open -= drain(latencies, end, 1_000);
        }
        return new Load(latencies.getTotalCount() * 1e9 / (end - began), latencies);
    }

    private int drain(Histogram latencies, long end, long timeout) throws IOException {
        int closed = 0;
        if (selector.select(timeout) == 0 && System.nanoTime() > end + 30_000_000_000L) {
            throw new IOException("The server does not answer any more.");
        }
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            Connection connection = (Connection) keys.next().attachment();
            keys.remove();
            if (read(connection)) {
                long now = System.nanoTime();
                if (now < end) {
                    if (connection.protocol.counts()) {
                        latencies.recordValue(now - connection.since);
                    }
                    ask(connection, now);
                } else {
                    closed++;
                }
            }
        }
        return closed;
    }

    /** Asks so many questions a second, as they come, on whichever connection is free. */
    Load paced(double perSecond, double seconds) throws IOException {
        Histogram latencies = new Histogram(3);
        Deque<Connection> free = new ArrayDeque<>(connections);
        double gap = 1e9 / perSecond;
        long began = System.nanoTime();
        long count = (long) (perSecond * seconds);
        long next = 0;
        long answered = 0;
        while (answered < count) {
            long now = System.nanoTime();
            while (next < count && !free.isEmpty() && began + (long) (next * gap) <= now) {
                Connection connection = free.removeFirst();
                // Late because no connection was free is late all the same.
                ask(connection, began + (long) (next * gap));
                next++;
            }
            if (selector.selectNow() == 0) {
                if (now > began + (long) (seconds * 1e9) + 30_000_000_000L) {
                    throw new IOException("The server does not keep up with " + perSecond + " questions a second.");
                }
                // Long enough to leave the core to the server, short beside what is measured.
                LockSupport.parkNanos(200_000);
                continue;
            }
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                Connection connection = (Connection) keys.next().attachment();
                keys.remove();
                if (read(connection)) {
                    answered++;
                    if (connection.protocol.counts()) {
                        latencies.recordValue(Math.max(0, System.nanoTime() - connection.since));
                    }
                    free.addLast(connection);
                }
            }
        }
        return new Load(latencies.getTotalCount() * 1e9 / (System.nanoTime() - began), latencies);
    }

    private void ask(Connection connection, long since) throws IOException {
        connection.since = since;
        connection.in.clear();
        connection.out.clear();
        connection.protocol.ask(asked++, connection.out);
        connection.out.flip();
        while (connection.out.hasRemaining()) {
            if (connection.channel.write(connection.out) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean read(Connection connection) throws IOException {
        if (connection.channel.read(connection.in) < 0) {
            throw new IOException("The server closed a connection.");
        }
        return connection.protocol.answered(connection.in.array(), connection.in.position());
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }
}
