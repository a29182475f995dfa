package presence.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A subscriber who draws a picture of what it is told, as a board would, and insists on the order. It takes the next only
 * when it is told to, and comes back after a cut with the last id it had.
 */
final class Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    final StreamFilter filter;
    final List<String> heard = new ArrayList<>();
    final Map<String, Long> agents = new TreeMap<>();
    final Set<String> staffed = new TreeSet<>();
    private final Map<String, Long> versions = new HashMap<>();
    private Long lastId;
    private boolean complete;
    private boolean inSnapshot;
    private int resyncs;
    private Line line = new Line();

    Listener(StreamFilter filter) {
        this.filter = filter;
    }

    /** One connection. What is sent lies here until it is taken. */
    private final class Line implements Outlet {
        private List<byte[]> texts;
        private Consumer<Throwable> sent;
        private volatile boolean unwelcome;
        private boolean cut;
        private boolean ended;

        @Override
        public synchronized void send(List<byte[]> texts, Consumer<Throwable> sent) {
            assertThat(this.sent).as("one thing at a time").isNull();
            this.texts = texts;
            this.sent = sent;
        }

        @Override
        public boolean mayStay() {
            return !unwelcome;
        }

        @Override
        public synchronized void end() {
            ended = true;
        }

        @Override
        public synchronized void cut() {
            cut = true;
        }

        synchronized boolean over() {
            return ended || cut;
        }

        /** Takes what lies here, if anything does. */
        boolean take() {
            Consumer<Throwable> taken;
            synchronized (this) {
                if (sent == null) {
                    return false;
                }
                taken = sent;
                sent = null;
                texts.forEach(text -> hear(new String(text, StandardCharsets.UTF_8)));
            }
            taken.accept(null);
            return true;
        }

        boolean fail() {
            Consumer<Throwable> failing;
            synchronized (this) {
                failing = sent;
                sent = null;
            }
            if (failing != null) {
                failing.accept(new IOException("cut for a test"));
            }
            return failing != null;
        }
    }

    /** Listens anew, from where it was. */
    void connect(ChangeStream stream) {
        line = new Line();
        if (lastId == null) {
            begin();
        }
        inSnapshot = lastId == null;
        stream.subscribe(filter, lastId, line);
    }

    /** The connection breaks with something under way, which never arrives; false when nothing is. */
    boolean cut() {
        return line.fail();
    }

    /** Whatever let it in is good no longer. */
    void nobodyKnowsIt() {
        line.unwelcome = true;
    }

    boolean take() {
        return line.take();
    }

    boolean over() {
        return line.over();
    }

    /** Whether a snapshot has come to its end, and none is under way. */
    boolean complete() {
        return complete;
    }

    int resyncs() {
        return resyncs;
    }

    Long lastId() {
        return lastId;
    }

    private void begin() {
        agents.clear();
        staffed.clear();
        versions.clear();
        complete = false;
    }

    private void hear(String text) {
        String kind = field(text, "event: ");
        String id = field(text, "id: ");
        if (kind.isEmpty()) {
            return;
        }
        JsonNode data = json(field(text, "data: "));
        heard.add(kind);
        if (!id.isEmpty()) {
            long number = Long.parseLong(id);
            assertThat(lastId == null || number > lastId || kind.equals("SNAPSHOT"))
                    .as("%s after %s", text, lastId)
                    .isTrue();
            lastId = number;
        }
        switch (kind) {
            case "RESYNC" -> {
                resyncs++;
                begin();
                inSnapshot = true;
            }
            case "SNAPSHOT" -> {
                assertThat(inSnapshot)
                        .as("a snapshot is begun with or after RESYNC")
                        .isTrue();
                data.path("agents").forEach(this::presence);
                data.path("staffing").forEach(this::staffing);
                complete = data.path("complete").asBoolean();
                inSnapshot = !complete;
                assertThat(id.isEmpty()).isNotEqualTo(complete);
            }
            case "PRESENCE" -> presence(data);
            case "AGENT_DELETED" -> {
                if (agents.remove(data.path("agent").asText()) == null) {
                    assertThat(filter.queues())
                            .as("deleted, and never shown: " + data)
                            .isNotEmpty();
                }
            }
            case "STAFFING" -> staffing(data);
            default -> {
                // Events make no picture.
            }
        }
    }

    private void presence(JsonNode document) {
        String agent = document.path("agent").asText();
        long version = document.path("version").asLong();
        Long before = versions.put(agent, version);
        assertThat(before == null || before < version)
                .as("%s: version %s after %s", agent, version, before)
                .isTrue();
        boolean shown = filter.queues().isEmpty();
        for (JsonNode queue : document.path("queues")) {
            shown |= filter.queues().contains(queue.asText());
        }
        if (shown) {
            agents.put(agent, version);
        } else {
            agents.remove(agent);
        }
    }

    private void staffing(JsonNode staffing) {
        String place =
                staffing.path("queue").asText() + " " + staffing.path("channel").asText();
        if (staffing.path("available").asBoolean()) {
            staffed.add(place);
        } else {
            staffed.remove(place);
        }
    }

    private static String field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
