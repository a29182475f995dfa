package presence.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The usual way to expire things with Redis: a sorted set of deadlines, and a process that takes out what is due and writes
 * what follows from it. In favour of Redis nothing is persisted and no rule is asked.
 */
final class RedisSweeper {
    /** How long the sweeper sleeps when nothing is due, in milliseconds. */
    static final int PAUSE = 10;

    private static final int TOGETHER = 100;

    private RedisSweeper() {}

    /**
     * Lets deadlines fall due over one second, some times.
     *
     * @return how late each was written back, in nanoseconds; empty if there is no redis-server on this machine
     */
    static Optional<Histogram> measure(int standing, int due, int rounds) throws IOException, InterruptedException {
        if (!installed()) {
            return Optional.empty();
        }
        int port = freePort();
        Process server = new ProcessBuilder(
                        "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "no")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Connection redis = connect(port)) {
            Histogram lag = new Histogram(3);
            long far = System.currentTimeMillis() + TimeUnit.DAYS.toMillis(20);
            for (int i = 0; i < standing - due; i++) {
                redis.send("ZADD", "deadlines", "" + (far + i), "other-" + i);
            }
            redis.answers(standing - due);
            for (int round = 0; round < rounds; round++) {
                long begin = System.currentTimeMillis() + 1_000;
                for (int i = 0; i < due; i++) {
                    redis.send("ZADD", "deadlines", "" + (begin + i * 1_000L / due), Fleet.agent(i));
                }
                redis.answers(due);
                Histogram mine = new Histogram(3);
                sweep(redis, begin, due, mine);
                if (round > 0 || rounds == 1) {
                    lag.add(mine);
                }
            }
            return Optional.of(lag);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void sweep(Connection redis, long begin, int due, Histogram lag)
            throws IOException, InterruptedException {
        int done = 0;
        while (done < due && System.currentTimeMillis() < begin + 20_000) {
            redis.send(
                    "ZRANGEBYSCORE",
                    "deadlines",
                    "-inf",
                    "" + System.currentTimeMillis(),
                    "WITHSCORES",
                    "LIMIT",
                    "0",
                    "" + TOGETHER);
            List<String> found = redis.list();
            if (found.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE);
                continue;
            }
            for (int i = 0; i < found.size(); i += 2) {
                redis.send("ZREM", "deadlines", found.get(i));
                redis.send("HSET", "agent:" + found.get(i), "profile", "available", "status", "FREE");
            }
            redis.answers(found.size());
            long now = System.currentTimeMillis();
            for (int i = 1; i < found.size(); i += 2) {
                lag.recordValue((now - Long.parseLong(found.get(i))) * 1_000_000);
            }
            done += found.size() / 2;
        }
    }

    private static boolean installed() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (new File(folder, "redis-server").canExecute()) {
                return true;
            }
        }
        return false;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Connection connect(int port) throws IOException, InterruptedException {
        IOException last = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                last = e;
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("redis-server does not answer on port " + port, last);
    }

    /** As much of the protocol as is needed. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        void send(String... words) throws IOException {
            StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                text.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }

        void answers(int count) throws IOException {
            out.flush();
            for (int i = 0; i < count; i++) {
                String line = line();
                if (!line.startsWith(":")) {
                    throw new IOException("Redis said " + line);
                }
            }
        }

        List<String> list() throws IOException {
            out.flush();
            String line = line();
            if (!line.startsWith("*")) {
                throw new IOException("Redis said " + line);
            }
            List<String> words = new ArrayList<>();
            for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                line(); // the length, which is not needed: no word has a line break
                words.add(line());
            }
            return words;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int next;
            while ((next = in.read()) != '\r') {
                if (next < 0) {
                    throw new IOException("Redis went away");
                }
                line.append((char) next);
            }
            if (in.read() != '\n') {
                throw new IOException("Redis broke a line");
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
