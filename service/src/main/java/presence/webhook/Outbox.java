package presence.webhook;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.api.EventKind;
import presence.history.Recorder;
import presence.records.RecordsDatabase;
import presence.records.RowBatch;
import presence.state.Happening;
import presence.webhook.Subscription.Loss;

/**
 * Puts events on their way to webhooks, in the transaction that records them. A webhook for which too many wait already gets
 * no more until a tenth of its room is free again; then it is told first which numbers it missed.
 *
 * <p>For the history's thread.
 */
final class Outbox implements Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** How much of what is written waits for the rest, so that many webhooks take no more memory than few. */
    private static final long UNSENT_CHARACTERS = 4 << 20;

    private final RecordsDatabase records;
    private final Map<String, Subscription> webhooks;
    private final CloudEvents events;
    private final int capacity;
    private final Runnable wake;

    private long unsent;

    /** What the transaction under way does, for each webhook it does something for. */
    private List<Taking> takings = List.of();

    /**
     * @param webhooks every webhook by its id, as they are at each moment
     * @param capacity the most events that may wait for one webhook
     * @param wake is told when something new waits
     */
    Outbox(
            RecordsDatabase records,
            Map<String, Subscription> webhooks,
            CloudEvents events,
            int capacity,
            Runnable wake) {
        this.records = records;
        this.webhooks = webhooks;
        this.events = events;
        this.capacity = capacity;
        this.wake = wake;
    }

    /** What one webhook gets of the happenings at hand. */
    private final class Taking {
        private final Subscription webhook;
        private final long room;
        private Loss loss;
        private long added;

        Taking(Subscription webhook) {
            this.webhook = webhook;
            this.loss = webhook.loss();
            long free = capacity - webhook.pending();
            // Not for each place that gets free, or one event in two would tell of a loss.
            this.room = loss.untold() && free < Math.max(1, capacity / 10) ? 0 : free;
        }

        boolean hasRoom() {
            return added < room && !loss.untold();
        }

        void add(RowBatch rows, long number, String agent, String kind, long at, String body) throws SQLException {
            rows.text(webhook.id())
                    .number(number)
                    .text(agent)
                    .text(kind)
                    .number(at)
                    .text(body)
                    .number(0L)
                    .number(0L)
                    .number(0L)
                    .end();
            added++;
            unsent += body.length();
        }

        void tellOfLoss(RowBatch rows, long at) throws SQLException {
            if (loss.untold() && room > 0) {
                add(rows, loss.to(), "", CloudEvents.LOST, at, events.lost(loss.from(), loss.to(), at));
                loss = loss.told();
            }
        }

        void lose(long number) {
            loss = loss.and(number);
        }

        boolean changedLoss() {
            return !loss.equals(webhook.loss());
        }

        void committed() {
            if (changedLoss()) {
                if (loss.untold() && !webhook.loss().untold()) {
                    LOG.warn("As many events wait for the webhook {} as may; more are not kept for it.", webhook.id());
                }
                webhook.lose(loss);
            }
            if (added > 0) {
                webhook.addPending(added);
                webhook.tell();
            }
        }
    }

    @Override
    public void record(Handle handle, List<Happening> happenings) throws SQLException {
        List<Taking> now = new ArrayList<>();
        webhooks.values().forEach(webhook -> now.add(new Taking(webhook)));
        takings = now;
        unsent = 0;
        if (now.isEmpty()) {
            return;
        }
        try (RowBatch rows =
                RowBatch.into(handle.getConnection(), records.isPostgresql(), "records_outbox", "tnttntnnn")) {
            for (Taking taking : now) {
                taking.tellOfLoss(rows, happenings.get(0).event().at());
            }
            for (Happening happening : happenings) {
                take(happening, now, rows);
                if (unsent >= UNSENT_CHARACTERS) {
                    rows.send();
                    unsent = 0;
                }
            }
            rows.send();
        }
        for (Taking taking : now) {
            if (taking.changedLoss()) {
                WebhookRecords.lose(handle, taking.webhook.id(), taking.loss);
            }
        }
    }

    private void take(Happening happening, Collection<Taking> all, RowBatch rows) throws SQLException {
        EventKind kind = EventKind.of(happening.event());
        String agent = happening.event().agent();
        String body = null;
        for (Taking taking : all) {
            if (taking.webhook.wants(kind, agent, happening.event().at())) {
                // Once, whoever gets it.
                body = body == null && taking.hasRoom() ? written(happening) : body;
                if (body == null || body.isEmpty() || !taking.hasRoom()) {
                    taking.lose(happening.number());
                } else {
                    taking.add(
                            rows,
                            happening.number(),
                            agent,
                            kind.name(),
                            happening.event().at(),
                            body);
                }
            }
        }
    }

    /** The event; empty if it cannot be written, which must not hold up the history. */
    private String written(Happening happening) {
        try {
            return events.of(happening);
        } catch (RuntimeException e) {
            LOG.error("The event {} cannot be written for webhooks, and is lost for them", happening.number(), e);
            return "";
        }
    }

    @Override
    public void committed() {
        takings.forEach(Taking::committed);
        if (takings.stream().anyMatch(taking -> taking.added > 0)) {
            wake.run();
        }
        takings = List.of();
    }
}
