package presence.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Many subscribers of the change stream, read by one thread that looks at no more than it has to. */
final class StreamClient implements AutoCloseable {
    /** How the data of a message about an agent begin; the data of a snapshot begin otherwise. */
    private static final byte[] PRESENCE = "data: {\"agent\":\"agent-".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] RESYNC = "event: RESYNC".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 6;

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
    private final byte[] bytes = new byte[1 << 20];
    private final List<SocketChannel> channels = new ArrayList<>();
    private final IntConsumer arrived;
    private final Thread thread = new Thread(this::read, "stream-readers");
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private String lastHead = "";
    private volatile boolean discarding;
    private volatile boolean stopping;

    /** Where in a line a subscriber is. */
    private static final class Place {
        /** The beginning of the line, as far as anybody looks at it. */
        private final byte[] line = new byte[64];

        private int length;
    }

    /**
     * Subscribes and waits until every one has had its snapshot, or is told that it goes on.
     *
     * @param query the query of a subscriber's address, by its number
     * @param arrived told of the number of each agent whom a message is about
     */
    StreamClient(int port, int count, IntFunction<String> query, IntConsumer arrived) throws IOException {
        this.arrived = arrived;
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String request = "GET /v1/stream" + query.apply(i) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channels.add(channel);
            lastHead = head(channel, query.apply(i).contains("lastEventId=") ? "retry: 2000" : "\"complete\":true");
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Place());
        }
    }

    private String head(SocketChannel channel, String upTo) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(upTo) < 0) {
            in.clear();
            if (channel.read(in) < 0) {
                throw new IOException("The stream has ended: " + head);
            }
            in.flip();
            head.append(StandardCharsets.US_ASCII.decode(in));
        }
        return head.toString();
    }

    /** The id that the snapshot of the last subscriber ended with. */
    String awaitSnapshotId() {
        int from = lastHead.indexOf("id: ") + 4;
        return lastHead.substring(from, lastHead.indexOf('\n', from)).strip();
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether what arrives is not told: the program warms up. */
    void discard(boolean discard) {
        discarding = discard;
    }

    /** How many messages about agents have arrived. */
    long messages() {
        return messages.get();
    }

    /** How often a subscriber had to begin anew. */
    long resyncs() {
        return resyncs.get();
    }

    /** Waits until nothing has come for half a second. */
    void settle() {
        long before = -1;
        while (before != messages.get()) {
            before = messages.get();
            LockSupport.parkNanos(500_000_000);
        }
    }

    private void read() {
        try {
            while (!stopping) {
                selector.select(100);
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    in.clear();
                    int length = ((SocketChannel) key.channel()).read(in);
                    if (length < 0) {
                        throw new IOException("The server ended a stream.");
                    }
                    in.flip();
                    in.get(bytes, 0, length);
                    take((Place) key.attachment(), length);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            if (!stopping) {
                throw new IllegalStateException("The subscribers failed", e);
            }
        }
    }

    private void take(Place place, int length) {
        for (int i = 0; i < length; i++) {
            byte letter = bytes[i];
            if (letter == '\n') {
                line(place);
                place.length = 0;
            } else if (place.length < place.line.length) {
                place.line[place.length++] = letter;
            }
        }
    }

    private void line(Place place) {
        if (begins(place, PRESENCE) && place.length >= PRESENCE.length + DIGITS) {
            int agent = 0;
            for (int i = 0; i < DIGITS; i++) {
                agent = agent * 10 + place.line[PRESENCE.length + i] - '0';
            }
            messages.lazySet(messages.get() + 1);
            if (!discarding) {
                arrived.accept(agent);
            }
        } else if (begins(place, RESYNC)) {
            resyncs.incrementAndGet();
        }
    }

    private static boolean begins(Place place, byte[] with) {
        if (place.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if (place.line[i] != with[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
