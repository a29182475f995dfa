package presence.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** HTTP/1.1 with connections kept open, as far as an answer with a length needs it. */
final class Http implements LoadClient.Protocol {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final LongFunction<byte[]> questions;

    /** @param questions whole requests by their number */
    Http(LongFunction<byte[]> questions) {
        this.questions = questions;
    }

    /** Always the same request without a body. */
    static Http get(String path) {
        byte[] request = request("GET", path, "");
        return new Http(number -> request);
    }

    static byte[] request(String method, String path, String body) {
        String headers = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        if (!body.isEmpty()) {
            headers += "Content-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        }
        return (headers + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void greet(SocketChannel channel) {}

    @Override
    public void ask(long number, ByteBuffer out) {
        out.put(questions.apply(number));
    }

    @Override
    public boolean answered(byte[] bytes, int length) throws IOException {
        int body = -1;
        int contentLength = 0;
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n') {
                if (bytes[i - 2] == '\n') {
                    body = i + 1;
                    break;
                }
                if (i + 1 < length && (bytes[i + 1] | 0x20) == 'c') {
                    contentLength = Math.max(contentLength, contentLength(bytes, i + 1, length));
                }
            }
        }
        if (body < 0) {
            return false;
        }
        if (bytes[9] != '2') {
            throw new IOException("The server answered " + new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
        return length >= body + contentLength;
    }

    private static int contentLength(byte[] bytes, int from, int length) {
        if (from + LENGTH.length >= length) {
            return 0;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            int letter = bytes[from + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter) != LENGTH[i]) {
                return 0;
            }
        }
        int value = 0;
        for (int i = from + LENGTH.length; i < length && bytes[i] != '\r'; i++) {
            if (bytes[i] != ' ') {
                value = value * 10 + bytes[i] - '0';
            }
        }
        return value;
    }
}
