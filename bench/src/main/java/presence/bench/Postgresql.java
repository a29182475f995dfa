package presence.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** PostgreSQL's own protocol, version 3, as a good driver speaks it: prepared once, then bound and executed in one packet. */
final class Postgresql implements LoadClient.Protocol {
    /** What is asked. */
    interface Question {
        /** Which statement, by its place. */
        int statement(long number);

        /** Its parameters, as text. */
        String[] parameters(long number);
    }

    private final String database;
    private final List<String> statements;
    private final Question question;

    Postgresql(String database, List<String> statements, Question question) {
        this.database = database;
        this.statements = statements;
        this.question = question;
    }

    @Override
    public void greet(SocketChannel channel) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(64 << 10);
        out.putInt(0).putInt(3 << 16);
        text(out, "user");
        text(out, "postgres");
        text(out, "database");
        text(out, database);
        out.put((byte) 0);
        out.putInt(0, out.position());
        exchange(channel, out);
        for (int i = 0; i < statements.size(); i++) {
            out.clear();
            int from = begin(out, 'P');
            text(out, "s" + i);
            text(out, statements.get(i));
            out.putShort((short) 0);
            end(out, from);
            end(out, begin(out, 'S'));
            exchange(channel, out);
        }
    }

    private void exchange(SocketChannel channel, ByteBuffer out) throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        ByteBuffer in = ByteBuffer.allocate(64 << 10);
        do {
            if (channel.read(in) < 0) {
                throw new IOException("PostgreSQL closed the connection.");
            }
        } while (!answered(in.array(), in.position()));
    }

    @Override
    public void ask(long number, ByteBuffer out) {
        int from = begin(out, 'B');
        out.put((byte) 0);
        text(out, "s" + question.statement(number));
        out.putShort((short) 0);
        String[] parameters = question.parameters(number);
        out.putShort((short) parameters.length);
        for (String parameter : parameters) {
            byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
            out.putInt(bytes.length).put(bytes);
        }
        out.putShort((short) 0);
        end(out, from);
        from = begin(out, 'E');
        out.put((byte) 0).putInt(0);
        end(out, from);
        end(out, begin(out, 'S'));
    }

    @Override
    public boolean answered(byte[] bytes, int length) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        int at = 0;
        while (at + 5 <= length) {
            byte kind = in.get(at);
            int next = at + 1 + in.getInt(at + 1);
            if (next > length) {
                return false;
            }
            if (kind == 'E') {
                throw new IOException("PostgreSQL says "
                        + new String(bytes, at + 5, next - at - 5, StandardCharsets.UTF_8).replace('\0', ' '));
            }
            if (kind == 'R' && in.getInt(at + 5) != 0) {
                throw new IOException("PostgreSQL wants a password.");
            }
            if (kind == 'Z') {
                return true;
            }
            at = next;
        }
        return false;
    }

    private static int begin(ByteBuffer out, char kind) {
        out.put((byte) kind);
        out.putInt(0);
        return out.position() - 4;
    }

    private static void end(ByteBuffer out, int from) {
        out.putInt(from, out.position() - from);
    }

    private static void text(ByteBuffer out, String text) {
        out.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    }
}
