package presence.door;

import static presence.door.Role.ADMIN;
import static presence.door.Role.ANALYST;
import static presence.door.Role.ROUTING;
import static presence.door.Role.SUPERVISOR;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.command.CommandType;

/**
 * Who may do what: the one table that every request is held against. An address that has no row here is answered to nobody.
 * The rows for agents themselves say which of the things of that kind are theirs.
 */
public final class Access {
    /** What an agent may reach in a row. */
    public enum Own {
        /** Nothing. */
        NOTHING,
        /** All of it. */
        ALL,
        /** What is about the agent itself. */
        AGENT,
        /** Conversations that the agent has now. */
        CONVERSATION,
        /** Offers that were made to the agent. */
        OFFER,
        /** All of it, if agents see their colleagues; else nothing. */
        DIRECTORY,
        /** What is about the agent itself, and if agents see their colleagues, what these are at this moment. */
        PRESENCE,
        /** What the query asks about the agent itself and about nobody else. */
        QUERY,
        /** What the query asks about the agent itself and about nobody else; all of it, if agents see their colleagues. */
        STREAM,
        /** Commands that are each its own. */
        LINES
    }

    /**
     * Who may do one thing.
     *
     * @param method the HTTP method; GET stands for HEAD too
     * @param path the address, in which {@code {…}} stands for any one part
     * @param open whether nobody is asked who they are
     * @param roles the roles that may, agents apart
     * @param own what agents may
     */
    public record Row(String method, String path, boolean open, Set<Role> roles, Own own) {}

    private static final Set<Role> EVERYBODY = Set.of(Role.values());
    private static final Set<Role> READERS = Set.of(SUPERVISOR, ROUTING, ANALYST, ADMIN);
    private static final Set<Role> WORKERS = Set.of(SUPERVISOR, ROUTING, ADMIN);
    private static final Set<Role> ANALYSERS = Set.of(SUPERVISOR, ANALYST, ADMIN);
    private static final Set<Role> ANALYSTS = Set.of(ANALYST, ADMIN);
    private static final Set<Role> SYSTEMS = Set.of(ROUTING, ADMIN);
    private static final Set<Role> CHIEFS = Set.of(SUPERVISOR, ADMIN);
    private static final Set<Role> ADMINISTRATORS = Set.of(ADMIN);

    /** Every address, in the order people read it. */
    public static final List<Row> TABLE = List.of(
            open("GET", "/"),
            open("GET", "/agent"),
            open("GET", "/directory"),
            open("GET", "/board"),
            open("GET", "/rules"),
            open("GET", "/admin"),
            open("GET", "/assets/{asset}"),
            open("GET", "/docs"),
            open("GET", "/docs/{asset}"),
            open("GET", "/openapi.yaml"),
            open("GET", "/openapi.json"),
            open("GET", "/sign-in"),
            open("GET", "/sign-in/oidc"),
            open("GET", "/sign-in/callback"),
            open("GET", "/v1/sign-in"),
            open("POST", "/v1/session"),
            open("DELETE", "/v1/session"),
            row("GET", "/v1/me", EVERYBODY, Own.ALL),
            row("GET", "/v1/queues/{queue}/eligible", READERS, Own.NOTHING),
            row("GET", "/v1/conversations/{conversation}/transfer-targets", READERS, Own.CONVERSATION),
            row("GET", "/v1/conversations/{conversation}", READERS, Own.CONVERSATION),
            row("PUT", "/v1/conversations/{conversation}", SYSTEMS, Own.NOTHING),
            row("POST", "/v1/conversations/{conversation}/end", WORKERS, Own.CONVERSATION),
            row("POST", "/v1/conversations/{conversation}/handled", WORKERS, Own.CONVERSATION),
            row("POST", "/v1/conversations/{conversation}/transfer", WORKERS, Own.CONVERSATION),
            row("GET", "/v1/conversations", READERS, Own.QUERY),
            row("POST", "/v1/offers", SYSTEMS, Own.NOTHING),
            row("GET", "/v1/offers/{offer}", READERS, Own.OFFER),
            row("POST", "/v1/offers/{offer}/accept", WORKERS, Own.OFFER),
            row("POST", "/v1/offers/{offer}/reject", WORKERS, Own.OFFER),
            row("POST", "/v1/offers/{offer}/withdraw", SYSTEMS, Own.NOTHING),
            row("GET", "/v1/summary", ANALYSERS, Own.NOTHING),
            row("GET", "/v1/attention", ANALYSERS, Own.NOTHING),
            row("GET", "/v1/agents", READERS, Own.DIRECTORY),
            row("GET", "/v1/agents/{agent}", READERS, Own.PRESENCE),
            row("GET", "/v1/agents/{agent}/definition", READERS, Own.AGENT),
            row("GET", "/v1/agents/{agent}/intervals", READERS, Own.AGENT),
            row("GET", "/v1/agents/{agent}/explanation", READERS, Own.AGENT),
            row("PUT", "/v1/agents/{agent}", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/agents/{agent}", ADMINISTRATORS, Own.NOTHING),
            row("POST", "/v1/agents/{agent}/sign-in", WORKERS, Own.AGENT),
            row("POST", "/v1/agents/{agent}/sign-out", WORKERS, Own.AGENT),
            row("POST", "/v1/agents/{agent}/connect", WORKERS, Own.AGENT),
            row("POST", "/v1/agents/{agent}/disconnect", WORKERS, Own.AGENT),
            row("POST", "/v1/agents/{agent}/heartbeat", WORKERS, Own.AGENT),
            row("POST", "/v1/agents/bulk", CHIEFS, Own.NOTHING),
            row("PUT", "/v1/agents/{agent}/readiness", WORKERS, Own.AGENT),
            row("PUT", "/v1/agents/{agent}/profile", WORKERS, Own.AGENT),
            row("PUT", "/v1/agents/{agent}/capabilities/{capability}", WORKERS, Own.AGENT),
            row("DELETE", "/v1/agents/{agent}/capabilities/{capability}", WORKERS, Own.AGENT),
            row("PUT", "/v1/agents/{agent}/queues/{queue}", WORKERS, Own.AGENT),
            row("DELETE", "/v1/agents/{agent}/queues/{queue}", WORKERS, Own.AGENT),
            row("GET", "/v1/profiles", READERS, Own.ALL),
            row("GET", "/v1/profiles/{profile}", READERS, Own.ALL),
            row("PUT", "/v1/profiles/{profile}", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/profiles/{profile}", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/queues", READERS, Own.ALL),
            row("GET", "/v1/queues/{queue}", READERS, Own.ALL),
            row("PUT", "/v1/queues/{queue}", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/queues/{queue}", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/queue-groups", READERS, Own.ALL),
            row("GET", "/v1/queue-groups/{queueGroup}", READERS, Own.ALL),
            row("PUT", "/v1/queue-groups/{queueGroup}", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/queue-groups/{queueGroup}", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/policy", READERS, Own.ALL),
            row("PUT", "/v1/policy", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/rules", ANALYSERS, Own.NOTHING),
            row("POST", "/v1/rules/check", ANALYSTS, Own.NOTHING),
            row("GET", "/v1/rules/vocabulary", ANALYSERS, Own.NOTHING),
            row("GET", "/v1/rules/releases", ANALYSERS, Own.NOTHING),
            row("POST", "/v1/rules/releases", ANALYSTS, Own.NOTHING),
            row("GET", "/v1/rules/releases/{release}", ANALYSERS, Own.NOTHING),
            row("GET", "/v1/rules/releases/{release}/diff/{other}", ANALYSERS, Own.NOTHING),
            row("POST", "/v1/rules/releases/{release}/activate", ANALYSTS, Own.NOTHING),
            row("GET", "/v1/rules/draft", ANALYSTS, Own.NOTHING),
            row("PUT", "/v1/rules/draft", ANALYSTS, Own.NOTHING),
            row("DELETE", "/v1/rules/draft", ANALYSTS, Own.NOTHING),
            row("POST", "/v1/rules/draft/check", ANALYSTS, Own.NOTHING),
            row("GET", "/v1/rules/draft/diff", ANALYSTS, Own.NOTHING),
            row("POST", "/v1/rules/draft/preview", ANALYSTS, Own.NOTHING),
            row("POST", "/v1/commands", WORKERS, Own.LINES),
            row("GET", "/v1/stream", READERS, Own.STREAM),
            row("GET", "/v1/reports/time-in-state", ANALYSERS, Own.NOTHING),
            row("GET", "/v1/audit", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/keys", ADMINISTRATORS, Own.NOTHING),
            row("POST", "/v1/keys", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/keys/{key}", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/webhooks", ADMINISTRATORS, Own.NOTHING),
            row("POST", "/v1/webhooks", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/webhooks/{webhook}", ADMINISTRATORS, Own.NOTHING),
            row("PUT", "/v1/webhooks/{webhook}", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/webhooks/{webhook}", ADMINISTRATORS, Own.NOTHING),
            row("POST", "/v1/webhooks/{webhook}/secret", ADMINISTRATORS, Own.NOTHING),
            row("POST", "/v1/webhooks/{webhook}/test", ADMINISTRATORS, Own.NOTHING),
            row("GET", "/v1/webhooks/{webhook}/dead-letters", ADMINISTRATORS, Own.NOTHING),
            row("POST", "/v1/webhooks/{webhook}/dead-letters/replay", ADMINISTRATORS, Own.NOTHING),
            row("DELETE", "/v1/webhooks/{webhook}/dead-letters/{event}", ADMINISTRATORS, Own.NOTHING));

    /** The row that a line of {@code POST /v1/commands} is held against: that of the same command as a request. */
    private static final Map<CommandType, Row> COMMANDS = new EnumMap<>(Map.ofEntries(
            command(CommandType.PUT_POLICY, "PUT", "/v1/policy"),
            command(CommandType.PUT_PROFILE, "PUT", "/v1/profiles/{profile}"),
            command(CommandType.DELETE_PROFILE, "DELETE", "/v1/profiles/{profile}"),
            command(CommandType.PUT_QUEUE, "PUT", "/v1/queues/{queue}"),
            command(CommandType.DELETE_QUEUE, "DELETE", "/v1/queues/{queue}"),
            command(CommandType.PUT_QUEUE_GROUP, "PUT", "/v1/queue-groups/{queueGroup}"),
            command(CommandType.DELETE_QUEUE_GROUP, "DELETE", "/v1/queue-groups/{queueGroup}"),
            command(CommandType.PUT_AGENT, "PUT", "/v1/agents/{agent}"),
            command(CommandType.DELETE_AGENT, "DELETE", "/v1/agents/{agent}"),
            command(CommandType.SIGN_IN, "POST", "/v1/agents/{agent}/sign-in"),
            command(CommandType.SIGN_OUT, "POST", "/v1/agents/{agent}/sign-out"),
            command(CommandType.READY, "PUT", "/v1/agents/{agent}/readiness"),
            command(CommandType.NOT_READY, "PUT", "/v1/agents/{agent}/readiness"),
            command(CommandType.SELECT_PROFILE, "PUT", "/v1/agents/{agent}/profile"),
            command(CommandType.ADD_CAPABILITY, "PUT", "/v1/agents/{agent}/capabilities/{capability}"),
            command(CommandType.REMOVE_CAPABILITY, "DELETE", "/v1/agents/{agent}/capabilities/{capability}"),
            command(CommandType.JOIN_QUEUE, "PUT", "/v1/agents/{agent}/queues/{queue}"),
            command(CommandType.LEAVE_QUEUE, "DELETE", "/v1/agents/{agent}/queues/{queue}"),
            command(CommandType.CONNECT, "POST", "/v1/agents/{agent}/connect"),
            command(CommandType.DISCONNECT, "POST", "/v1/agents/{agent}/disconnect"),
            command(CommandType.START_CONVERSATION, "PUT", "/v1/conversations/{conversation}"),
            command(CommandType.END_CONVERSATION, "POST", "/v1/conversations/{conversation}/end"),
            command(CommandType.HANDLE_CONVERSATION, "POST", "/v1/conversations/{conversation}/handled"),
            command(CommandType.TRANSFER_CONVERSATION, "POST", "/v1/conversations/{conversation}/transfer"),
            command(CommandType.HEARTBEAT, "POST", "/v1/agents/{agent}/heartbeat"),
            command(CommandType.MAKE_OFFER, "POST", "/v1/offers"),
            command(CommandType.ACCEPT_OFFER, "POST", "/v1/offers/{offer}/accept"),
            command(CommandType.REJECT_OFFER, "POST", "/v1/offers/{offer}/reject"),
            command(CommandType.WITHDRAW_OFFER, "POST", "/v1/offers/{offer}/withdraw")));

    /** The rows with their addresses in parts, as they are compared. */
    private static final List<Parts> PARTS = TABLE.stream()
            .map(row -> new Parts(row, row.path().substring(1).split("/", -1)))
            .toList();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parts(Row row, String[] parts) {
        boolean match(String[] path) {
            if (path.length != parts.length) {
                return false;
            }
            for (int i = 0; i < parts.length; i++) {
                if (!parts[i].startsWith("{") && !parts[i].equals(path[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private Access() {}

    private static Row open(String method, String path) {
        return new Row(method, path, true, Set.of(), Own.NOTHING);
    }

    private static Row row(String method, String path, Set<Role> roles, Own own) {
        return new Row(method, path, false, roles, own);
    }

    private static Map.Entry<CommandType, Row> command(CommandType type, String method, String path) {
        for (Row row : TABLE) {
            if (row.method().equals(method) && row.path().equals(path)) {
                return Map.entry(type, row);
            }
        }
        throw new IllegalStateException("There is no row " + method + " " + path);
    }

    /**
     * The row of a request; null if there is none.
     *
     * @param path the address in parts, without the first slash
     */
    static @Nullable Row find(String method, String[] path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Parts parts : PARTS) {
            if (parts.row.method.equals(wanted) && parts.match(path)) {
                return parts.row;
            }
        }
        return null;
    }

    /** The methods that this address has; empty for one that is not there. */
    static Set<String> methods(String[] path) {
        Set<String> methods = new LinkedHashSet<>();
        for (Parts parts : PARTS) {
            if (parts.match(path)) {
                methods.add(parts.row.method);
            }
        }
        return methods;
    }

    /** The row of a line of {@code POST /v1/commands}; null if there is none, and then it is nobody's. */
    public static @Nullable Row find(CommandType type) {
        return COMMANDS.get(type);
    }
}
