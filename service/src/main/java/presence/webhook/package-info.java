/**
 * Tells other systems what becomes of agents, over HTTP: events are kept on disk until they have arrived.
 *
 * <p>{@link presence.webhook.Outbox} takes events in, in the history's own transaction; {@link presence.webhook.Dispatcher}
 * decides what is sent when; {@link presence.webhook.Sender} sends it, to addresses that {@link
 * presence.webhook.Addresses} lets through; {@link presence.webhook.Webhooks} is what administrators do with it all.
 */
@NullMarked
package presence.webhook;

import org.jspecify.annotations.NullMarked;
