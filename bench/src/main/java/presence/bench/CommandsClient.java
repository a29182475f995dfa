package presence.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends commands as one stream of lines and counts the answers: {@code POST /v1/commands}. */
final class CommandsClient {
    private static final byte[] REFUSED = "\"REFUSED\"".getBytes(StandardCharsets.US_ASCII);

    private CommandsClient() {}

    /**
     * Sends the lines and returns once every one is answered.
     *
     * @throws IOException if any of them was refused or not answered
     */
    static void send(int port, List<byte[]> lines) throws IOException {
        long length = 0;
        for (byte[] line : lines) {
            length += line.length + 1;
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            CompletableFuture<Integer> answers = CompletableFuture.supplyAsync(() -> count(in));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write(("POST /v1/commands HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                            + "Content-Type: application/x-ndjson\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
            out.flush();
            int found = answers.join();
            if (found != lines.size()) {
                throw new IOException("Of " + lines.size() + " commands " + found + " were answered.");
            }
        }
    }

    /** How many lines begin with an answer, chunks and headers left aside. */
    private static int count(InputStream in) {
        try {
            int lines = 0;
            int matched = 0;
            byte[] buffer = new byte[1 << 16];
            StringBuilder head = new StringBuilder();
            int read;
            while ((read = in.read(buffer)) > 0) {
                if (head.length() < 400) {
                    head.append(new String(buffer, 0, Math.min(read, 400), StandardCharsets.US_ASCII));
                }
                for (int i = 0; i < read; i++) {
                    byte letter = buffer[i];
                    // Only an answer's own line begins with a brace; no value of one holds it.
                    lines += letter == '{' ? 1 : 0;
                    matched = letter == REFUSED[matched] ? matched + 1 : letter == REFUSED[0] ? 1 : 0;
                    if (matched == REFUSED.length) {
                        throw new IllegalStateException("A command was refused: "
                                + new String(
                                        buffer,
                                        Math.max(0, i - 100),
                                        Math.min(read - Math.max(0, i - 100), 400),
                                        StandardCharsets.US_ASCII));
                    }
                }
            }
            if (!head.toString().startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("The server answered " + head);
            }
            return lines;
        } catch (IOException e) {
            throw new IllegalStateException("The answers cannot be read", e);
        }
    }

    static List<byte[]> bytes(List<String> lines) {
        return lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
