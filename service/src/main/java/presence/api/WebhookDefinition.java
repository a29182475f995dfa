package presence.api;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of a webhook.
 *
 * @param url where events are sent: https or http, with a host, and no user, password or fragment
 * @param kinds the kinds of events that are sent; never empty
 * @param agents the ids of the agents whose events are sent; empty for all agents
 * @param description what it is for; null if nobody said
 * @param active whether events are sent now; while they are not, they wait
 */
public record WebhookDefinition(
        URI url,
        Set<EventKind> kinds,
        Set<String> agents,
        @Nullable String description,
        boolean active) {}
