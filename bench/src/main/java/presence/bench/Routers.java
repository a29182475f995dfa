package presence.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Routers that offer calls over HTTP, each on a connection of its own, to agents who can take one: an offer, and when it is
 * answered its withdrawal, so that there is room for the next. They compare what they are told: as long as one of them holds
 * an agent's only place, no other may be given it.
 */
final class Routers implements LoadClient.Protocol {
    private static final byte[] OFFER = "\"offer\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AGENT = "\"agent\":\"".getBytes(StandardCharsets.US_ASCII);

    /** The agents whose place one of the routers holds. The client has one thread. */
    private final Set<String> held = new HashSet<>();

    private long made;
    private long twice;

    /** How many offers were made. */
    long made() {
        return made;
    }

    /** How often a place was filled that was filled already. */
    long twice() {
        return twice;
    }

    @Override
    public void greet(SocketChannel channel) {}

    @Override
    public LoadClient.Protocol onConnection() {
        return new Router();
    }

    @Override
    public void ask(long number, ByteBuffer out) {
        throw new IllegalStateException("Each router asks for itself.");
    }

    @Override
    public boolean answered(byte[] bytes, int length) {
        throw new IllegalStateException("Each router is answered by itself.");
    }

    private final class Router implements LoadClient.Protocol {
        private byte[] question = {};
        private final Http http = new Http(number -> question);
        private String offer = "";
        private String agent = "";
        private boolean offering;

        @Override
        public void greet(SocketChannel channel) {}

        @Override
        public void ask(long number, ByteBuffer out) {
            offering = offer.isEmpty();
            if (offering) {
                question = Http.request(
                        "POST",
                        "/v1/offers",
                        "{\"conversation\":\"call-" + number + "\",\"channel\":\"PHONE\",\"queue\":\"" + Fleet.EVERYBODY
                                + "\"}");
            } else {
                // From here on the place may be given to somebody else, though the answer is not there yet.
                held.remove(agent);
                question = Http.request("POST", "/v1/offers/" + offer + "/withdraw", "");
                offer = "";
            }
            http.ask(number, out);
        }

        @Override
        public boolean answered(byte[] bytes, int length) throws IOException {
            if (!http.answered(bytes, length)) {
                return false;
            }
            if (offering) {
                offer = text(OFFER, bytes, length);
                agent = text(AGENT, bytes, length);
                made++;
                if (!held.add(agent)) {
                    twice++;
                }
            }
            return true;
        }

        @Override
        public boolean counts() {
            return offering;
        }
    }

    private static String text(byte[] field, byte[] bytes, int length) throws IOException {
        for (int from = 0; from < length - field.length; from++) {
            int matched = 0;
            while (matched < field.length && bytes[from + matched] == field[matched]) {
                matched++;
            }
            if (matched == field.length) {
                int end = from + matched;
                while (bytes[end] != '"') {
                    end++;
                }
                return new String(bytes, from + matched, end - from - matched, StandardCharsets.US_ASCII);
            }
        }
        throw new IOException("There is no offer in " + new String(bytes, 0, length, StandardCharsets.UTF_8));
    }
}
