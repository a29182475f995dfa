package presence.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A subscriber of the change stream, who reads as slowly as a test wants. */
final class Events implements AutoCloseable {
    private final Wire wire;
    private final Reply head;
    private final StringBuilder came = new StringBuilder();
    private String lastId = "";
    private Event lastSnapshot = new Event("", "", Reply.json("{}"));
    private int comments;

    /** A message: what it is, its id or nothing, and its data. */
    record Event(String kind, String id, JsonNode data) {
        String agent() {
            return data.path("agent").asText();
        }

        @Override
        public String toString() {
            return kind + " " + data;
        }
    }

    private Events(Wire wire) throws IOException {
        this.wire = wire;
        this.head = wire.readHead();
    }

    /** @param headers lines of the request, each with its end */
    static Events open(URI server, String query, String headers) throws IOException {
        return new Events(new Wire(server)
                .head("GET /v1/stream" + query + " HTTP/1.1\nHost: localhost\nAccept: text/event-stream\n" + headers
                        + "\n"));
    }

    /** A new subscriber, with the whole snapshot still to come. */
    static Events open(URI server, String query) throws IOException {
        Events events = open(server, query, "");
        assertThat(events.head.status()).isEqualTo(200);
        return events;
    }

    /** One who comes back. */
    static Events goOn(URI server, String query, String lastId) throws IOException {
        Events events = open(server, query, "Last-Event-ID: " + lastId + "\n");
        assertThat(events.head.status()).isEqualTo(200);
        return events;
    }

    Reply head() {
        return head;
    }

    /** The id of the last message that had one. */
    String lastId() {
        return lastId;
    }

    /** How many comments came. */
    int comments() {
        return comments;
    }

    /** The next message; comments are counted and passed over. */
    Event next() throws IOException {
        while (true) {
            String kind = "";
            String id = "";
            String data = "";
            for (String line : block().lines().toList()) {
                kind = line.startsWith("event: ") ? line.substring(7) : kind;
                id = line.startsWith("id: ") ? line.substring(4) : id;
                data = line.startsWith("data: ") ? line.substring(6) : data;
            }
            if (!data.isEmpty()) {
                if (!id.isEmpty()) {
                    assertThat(lastId.isEmpty() || Long.parseLong(id) > Long.parseLong(lastId))
                            .as("%s comes after %s", id, lastId)
                            .isTrue();
                    lastId = id;
                }
                return new Event(kind, id, Reply.json(data));
            }
        }
    }

    /** What there is up to the next empty line. */
    String block() throws IOException {
        int end = came.indexOf("\n\n");
        while (end < 0) {
            String chunk = wire.readChunk();
            if (chunk.isEmpty()) {
                throw new java.io.EOFException("the stream has ended");
            }
            came.append(chunk);
            end = came.indexOf("\n\n");
        }
        String block = came.substring(0, end);
        came.delete(0, end + 2);
        comments += block.startsWith(":") ? 1 : 0;
        return block;
    }

    /** The next message of this kind; others are passed over. */
    Event next(String kind) throws IOException {
        Event event = next();
        while (!event.kind().equals(kind)) {
            event = next();
        }
        return event;
    }

    /** The next message that is of another kind. */
    Event nextBut(String kind) throws IOException {
        Event event = next();
        while (event.kind().equals(kind)) {
            event = next();
        }
        return event;
    }

    /** Everything up to the message of this kind that has this in a field. */
    List<Event> until(String kind, String field, String value) throws IOException {
        List<Event> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!all.get(all.size() - 1).kind().equals(kind)
                || !all.get(all.size() - 1).data().path(field).asText().equals(value));
        return all;
    }

    /** Reads the snapshot to its end; the agents by their ids. */
    Map<String, JsonNode> snapshot() throws IOException {
        Map<String, JsonNode> agents = new TreeMap<>();
        lastSnapshot = next("SNAPSHOT");
        while (true) {
            lastSnapshot
                    .data()
                    .path("agents")
                    .forEach(agent -> assertThat(agents.put(agent.path("agent").asText(), agent))
                            .isNull());
            if (lastSnapshot.data().path("complete").asBoolean()) {
                return agents;
            }
            assertThat(lastSnapshot.id()).isEmpty();
            lastSnapshot = next("SNAPSHOT");
        }
    }

    /** The last part of the snapshot read last. */
    Event lastSnapshot() {
        return lastSnapshot;
    }

    /** Whether the server has ended the answer in order, or does so now. */
    boolean ends() throws IOException {
        String chunk = wire.readChunk();
        while (!chunk.isEmpty()) {
            chunk = wire.readChunk();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
