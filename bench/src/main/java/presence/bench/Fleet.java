package presence.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import presence.api.CommandReader;
import presence.command.Envelope;

/**
 * The commands that make a contact centre of many agents, as they come over the wire. Everybody is a member of the queue
 * {@value #EVERYBODY} and of one of a hundred others, and takes phone calls and chats.
 *
 * @param agents how many agents
 */
record Fleet(int agents) {
    /** The queue that all agents are members of. */
    static final String EVERYBODY = "everybody";

    private static final int QUEUES = 100;
    private static final String[] FIRST = {"Ada", "Grace", "Edsger", "Barbara", "Tony", "Frances", "Niklaus", "Radia"};
    private static final String[] LAST = {
        "Lovelace", "Hopper", "Dijkstra", "Liskov", "Hoare", "Allen", "Wirth", "Perlman"
    };

    /** It and the number of agents have no common divisor. */
    private static final long STRIDE = 7_919;

    static String agent(int number) {
        return String.format(Locale.ROOT, "agent-%06d", number);
    }

    /**
     * Change number so-and-so of readiness over HTTP: agents are taken in an order that jumps about; first everybody becomes
     * not ready, then everybody ready, and so on.
     */
    byte[] readiness(long number) {
        int agent = (int) (number % agents * STRIDE % agents);
        return Http.request(
                "PUT", "/v1/agents/" + agent(agent) + "/readiness", "{\"ready\":" + (number / agents % 2 == 1) + "}");
    }

    /** Queues and profiles: {@code pause} is Away for half an hour. */
    List<String> definitions() {
        List<String> lines = new ArrayList<>();
        lines.add(line("PUT_QUEUE", "\"definition\":{\"id\":\"" + EVERYBODY + "\",\"name\":\"Everybody\"}"));
        for (int i = 0; i < QUEUES; i++) {
            lines.add(line("PUT_QUEUE", "\"definition\":{\"id\":\"queue-" + i + "\",\"name\":\"Queue " + i + "\"}"));
        }
        lines.add(line(
                "PUT_PROFILE",
                "\"definition\":{\"id\":\"pause\",\"name\":\"Pause\",\"type\":\"AWAY\",\"duration\":\"PT30M\"}"));
        return lines;
    }

    /** Every agent, defined, signed in and ready. */
    List<String> population() {
        List<String> lines = new ArrayList<>(agents * 3);
        for (int i = 0; i < agents; i++) {
            lines.add(definition(i));
            lines.add(about("SIGN_IN", i));
            lines.add(about("READY", i));
        }
        return lines;
    }

    /** The command that makes one agent. */
    String definition(int number) {
        return line(
                "PUT_AGENT",
                "\"definition\":{\"id\":\"" + agent(number) + "\",\"name\":\"" + name(number)
                        + "\",\"timeZone\":\"Europe/Zurich\",\"queues\":[\"" + EVERYBODY + "\",\""
                        + queue(number) + "\"],\"capabilities\":[\"PHONE\",\"CHAT\"]}");
    }

    static String name(int agent) {
        return FIRST[agent % FIRST.length] + " " + LAST[agent / FIRST.length % LAST.length] + " " + agent;
    }

    /** The agent's other queue. */
    static String queue(int agent) {
        return "queue-" + agent % QUEUES;
    }

    /** A line for each agent. */
    List<String> each(IntFunction<String> line) {
        return IntStream.range(0, agents).mapToObj(line).toList();
    }

    /** A command about one agent that needs no more fields. */
    static String about(String type, int agent) {
        return line(type, "\"agent\":\"" + agent(agent) + "\"");
    }

    /** A command with these fields. */
    static String line(String type, String fields) {
        return "{\"type\":\"" + type + "\"," + fields + "}";
    }

    /** A command as the service reads it from the wire, so that what it keeps is what it would keep in production. */
    static Envelope read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return CommandReader.command(CommandReader.json(bytes, 0, bytes.length));
    }
}
