package presence.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which anything can be said, also what no client would. */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private boolean chunked;

    /** Whether the end of a chunk's line is still to come: a server may send it with the next chunk. */
    private boolean behindChunk;

    Wire(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /** Sends the text, in which a line feed stands for both characters of HTTP's line end. */
    Wire head(String text) throws IOException {
        return bytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends the text as a chunk of a body. */
    Wire chunk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        chunk.writeBytes(bytes);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return bytes(chunk.toByteArray());
    }

    Wire lastChunk() throws IOException {
        return bytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Begins a stream of commands that is still open. */
    static Wire stream(URI server) throws IOException {
        return new Wire(server)
                .head("POST /v1/commands HTTP/1.1\nHost: localhost\nContent-Type: application/x-ndjson\n"
                        + "Transfer-Encoding: chunked\n\n");
    }

    /** A line, without its end. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the connection ended after: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** Reads the status and the headers of an answer. */
    Reply readHead() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon), List.of(line.substring(colon + 1).strip()));
        }
        chunked = headers.getOrDefault("Transfer-Encoding", List.of("")).contains("chunked");
        return new Reply(status, HttpHeaders.of(headers, (name, value) -> true), new byte[0]);
    }

    /** Reads a chunk of an answer; empty at its end. An answer that ends with its connection comes as one chunk. */
    String readChunk() throws IOException {
        if (!chunked) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (behindChunk) {
            line();
        }
        int length = Integer.parseInt(line(), 16);
        String chunk = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        behindChunk = length > 0;
        if (!behindChunk) {
            line();
        }
        return chunk;
    }

    /** Reads a whole answer. */
    Reply read() throws IOException {
        Reply head = readHead();
        if (head.header("Transfer-Encoding").equals("chunked")) {
            StringBuilder body = new StringBuilder();
            for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
                body.append(chunk);
            }
            return new Reply(head.status(), head.headers(), body.toString().getBytes(StandardCharsets.UTF_8));
        }
        String length = head.header("Content-Length");
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Reply(head.status(), head.headers(), body);
    }

    /** Whether the server has ended the connection, or does so now. */
    boolean ended() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
