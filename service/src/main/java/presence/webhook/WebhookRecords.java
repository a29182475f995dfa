package presence.webhook;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import presence.api.EventKind;
import presence.api.WebhookDefinition;
import presence.records.RecordsDatabase;
import presence.records.RecordsException;
import presence.webhook.Subscription.Failure;
import presence.webhook.Subscription.Loss;

/** Webhooks, the events on their way to them and the dead letters, at rest. Any thread. */
public final class WebhookRecords {
    private final RecordsDatabase records;

    WebhookRecords(RecordsDatabase records) {
        this.records = records;
    }

    /** A row of {@code records_webhook}. It has secrets. */
    public record Row(
            String id,
            String url,
            String kinds,
            String agents,
            @Nullable String description,
            boolean active,
            long createdAtEpochMilli,
            String secret,
            @Nullable String previousSecret,
            @Nullable Long previousUntil,
            @Nullable Long deliveredAtEpochMilli,
            @Nullable Long failedAtEpochMilli,
            @Nullable String failure,
            long lost,
            @Nullable Long lostFrom,
            @Nullable Long lostTo) {
        static Row of(Subscription webhook) {
            WebhookDefinition definition = webhook.definition();
            Secrets secrets = webhook.secrets();
            Failure failure = webhook.failure();
            Secret previous = secrets.previous();
            return new Row(
                    webhook.id(),
                    definition.url().toString(),
                    definition.kinds().stream().map(Enum::name).collect(Collectors.joining(" ")),
                    String.join(" ", definition.agents()),
                    definition.description(),
                    definition.active(),
                    webhook.createdAt(),
                    secrets.current().shownOnce(),
                    previous == null ? null : previous.shownOnce(),
                    secrets.previousUntil(),
                    webhook.deliveredAt(),
                    failure == null ? null : (Long) failure.at(),
                    failure == null ? null : failure.error(),
                    0,
                    null,
                    null);
        }

        Subscription subscription() {
            return new Subscription(
                    id,
                    createdAtEpochMilli,
                    new WebhookDefinition(
                            URI.create(url), kindsOf(kinds), new LinkedHashSet<>(words(agents)), description, active),
                    new Secrets(
                            Secret.kept(secret),
                            previousSecret == null ? null : Secret.kept(previousSecret),
                            previousUntil == null ? 0 : previousUntil),
                    new Loss(lost, lostFrom == null ? 0 : lostFrom, lostTo == null ? 0 : lostTo),
                    deliveredAtEpochMilli,
                    failedAtEpochMilli == null || failure == null ? null : new Failure(failedAtEpochMilli, failure));
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
        }

        /** A kind that this program does not know, from a newer one, is left out. */
        private static Set<EventKind> kindsOf(String names) {
            Set<String> wanted = Set.copyOf(words(names));
            return Arrays.stream(EventKind.values())
                    .filter(kind -> wanted.contains(kind.name()))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Row[" + id + "]";
        }
    }

    // --- webhooks

    /** Every webhook, in the order they were made, with how much waits for it. */
    List<Subscription> all() throws RecordsException {
        return records.read("read the webhooks", handle -> {
            Statements statements = statements(handle);
            Map<String, Long> pending = statements.pending();
            Map<String, Long> dead = statements.deadLetters();
            return statements.all().stream()
                    .map(row -> {
                        Subscription webhook = row.subscription();
                        webhook.addPending(pending.getOrDefault(row.id(), 0L));
                        webhook.addDeadLetters(dead.getOrDefault(row.id(), 0L));
                        return webhook;
                    })
                    .toList();
        });
    }

    void add(Subscription webhook) throws RecordsException {
        records.change("add a webhook", handle -> statements(handle).insert(Row.of(webhook)));
    }

    void define(String webhook, WebhookDefinition definition) throws RecordsException {
        records.change(
                "change a webhook",
                handle -> statements(handle)
                        .define(
                                webhook,
                                definition.url().toString(),
                                definition.kinds().stream().map(Enum::name).collect(Collectors.joining(" ")),
                                String.join(" ", definition.agents()),
                                definition.description(),
                                definition.active()));
    }

    void sign(String webhook, Secrets secrets) throws RecordsException {
        Secret previous = secrets.previous();
        records.change(
                "change a webhook's secret",
                handle -> statements(handle)
                        .sign(
                                webhook,
                                secrets.current().shownOnce(),
                                previous == null ? null : previous.shownOnce(),
                                secrets.previousUntil()));
    }

    void delete(String webhook) throws RecordsException {
        records.change("delete a webhook", handle -> statements(handle).delete(webhook));
    }

    /**
     * Deletes some of what was on its way to webhooks that are no more.
     *
     * @return how many rows that were
     */
    int deleteLeftBehind(int limit) throws RecordsException {
        return records.write("delete what a webhook left behind", handle -> {
            Statements statements = statements(handle);
            int deleted = 0;
            for (String webhook : statements.leftBehind()) {
                deleted += statements.deleteLetters(webhook, limit);
                deleted += statements.deleteDeadLetters(webhook, limit);
            }
            return deleted;
        });
    }

    // --- events on their way

    /** The next letters after a number, in the order of their numbers. */
    List<Letter> letters(String webhook, long afterNumber, int limit) throws RecordsException {
        return records.read(
                "read what is to be sent", handle -> statements(handle).letters(webhook, afterNumber, limit));
    }

    /** The next letters about one agent from a number on, up to another, in the order of their numbers. */
    List<Letter> letters(String webhook, String agent, long fromNumber, long toNumber, int limit)
            throws RecordsException {
        return records.read(
                "read what is to be sent",
                handle -> statements(handle).letters(webhook, agent, fromNumber, toNumber, limit));
    }

    /** What letters say, by their numbers. Those that are not there any more are left out. */
    Map<Long, String> bodies(String webhook, List<Long> numbers) throws RecordsException {
        return numbers.isEmpty()
                ? Map.of()
                : new HashMap<>(records.read(
                        "read what is to be sent", handle -> statements(handle).bodies(webhook, numbers)));
    }

    /**
     * What became of letters of one webhook.
     *
     * @param delivered the numbers of those that arrived
     * @param failed those that are tried again
     * @param dead those that are not
     * @param deadAt when they were given up
     */
    record Results(
            String webhook,
            List<Long> delivered,
            List<Letter> failed,
            List<Given> dead,
            long deadAt,
            @Nullable Long deliveredAt,
            @Nullable Failure failure) {
        /** A letter that was given up, and how its last try failed. */
        record Given(Letter letter, String error) {}
    }

    /**
     * Notes what became of letters, all at once.
     *
     * @return how many dead letters there are more, by webhook
     */
    Map<String, Long> note(List<Results> all) throws RecordsException {
        return records.write("note what became of events", handle -> {
            Statements statements = statements(handle);
            Map<String, Long> more = new HashMap<>();
            for (Results results : all) {
                String webhook = results.webhook();
                for (Results.Given given : results.dead()) {
                    Letter letter = given.letter();
                    more.merge(
                            webhook,
                            (long) statements.bury(
                                    webhook, letter.number(), letter.attempts(), results.deadAt(), given.error()),
                            Long::sum);
                }
                statements.deleteLetters(webhook, results.delivered());
                statements.deleteLetters(
                        webhook,
                        results.dead().stream()
                                .map(given -> given.letter().number())
                                .toList());
                statements.failed(webhook, results.failed());
                Failure failure = results.failure();
                statements.mark(
                        webhook,
                        results.deliveredAt(),
                        failure == null ? null : (Long) failure.at(),
                        failure == null ? null : failure.error());
            }
            return more;
        });
    }

    /** Notes within a transaction of somebody else's what is lost. A webhook that is no more is left alone. */
    static void lose(Handle handle, String webhook, Loss loss) {
        statements(handle)
                .lose(
                        webhook,
                        loss.events(),
                        loss.untold() ? (Long) loss.from() : null,
                        loss.untold() ? (Long) loss.to() : null);
    }

    // --- dead letters

    /** The dead letters after a number, in the order of their numbers. */
    List<DeadLetter> deadLetters(String webhook, long afterNumber, int limit) throws RecordsException {
        return records.read(
                "read the dead letters", handle -> statements(handle).deadLettersAfter(webhook, afterNumber, limit));
    }

    /** The numbers of the dead letters after a number, in their order. */
    List<Long> deadNumbers(String webhook, long afterNumber, int limit) throws RecordsException {
        return records.read(
                "read the dead letters", handle -> statements(handle).deadNumbers(webhook, afterNumber, limit));
    }

    /**
     * Puts dead letters back among those that are to be sent.
     *
     * @param numbers which
     * @return how many were
     */
    int replay(String webhook, List<Long> numbers) throws RecordsException {
        return records.write("send dead letters again", handle -> {
            Statements statements = statements(handle);
            int back = numbers.isEmpty() ? 0 : statements.unbury(webhook, numbers);
            if (back > 0) {
                int unused = statements.deleteDead(webhook, numbers);
            }
            return back;
        });
    }

    /** Deletes dead letters; answers how many there were. */
    int deleteDeadLetters(String webhook, List<Long> numbers) throws RecordsException {
        return records.write(
                "delete a dead letter", handle -> statements(handle).deleteDead(webhook, numbers));
    }

    /**
     * Deletes some dead letters that are too old.
     *
     * @return how many, by webhook
     */
    Map<String, Long> pruneDeadLetters(long beforeEpochMilli, int limit) throws RecordsException {
        return records.write("delete old dead letters", handle -> {
            Statements statements = statements(handle);
            Map<String, Long> deleted = new HashMap<>();
            for (String webhook : statements.oldDeadLetters(beforeEpochMilli, limit)) {
                deleted.merge(
                        webhook, (long) statements.deleteOldDeadLetters(webhook, beforeEpochMilli, limit), Long::sum);
            }
            return deleted;
        });
    }

    /** Deletes the first dead letters of a webhook; answers how many. */
    int deleteFirstDeadLetters(String webhook, int limit) throws RecordsException {
        return records.write(
                "delete dead letters beyond the limit",
                handle -> statements(handle).deleteDeadLetters(webhook, limit));
    }

    private static Statements statements(Handle handle) {
        return handle.attach(Statements.class);
    }

    /** The statements on {@code records_webhook}, {@code records_outbox} and {@code records_dead_letter}. */
    interface Statements {
        @SqlQuery("select * from records_webhook order by created_at_epoch_milli, id")
        @RegisterConstructorMapper(Row.class)
        List<Row> all();

        @SqlQuery("select webhook, count(*) as letters from records_outbox group by webhook")
        @KeyColumn("webhook")
        @ValueColumn("letters")
        Map<String, Long> pending();

        @SqlQuery("select webhook, count(*) as letters from records_dead_letter group by webhook")
        @KeyColumn("webhook")
        @ValueColumn("letters")
        Map<String, Long> deadLetters();

        @SqlUpdate("""
                insert into records_webhook (id, url, kinds, agents, description, active, created_at_epoch_milli, secret,
                    previous_secret, previous_until, delivered_at_epoch_milli, failed_at_epoch_milli, failure, lost,
                    lost_from, lost_to)
                values (:id, :url, :kinds, :agents, :description, case when :active then 1 else 0 end,
                    :createdAtEpochMilli, :secret, :previousSecret, :previousUntil, :deliveredAtEpochMilli,
                    :failedAtEpochMilli, :failure, :lost, :lostFrom, :lostTo)
                """)
        void insert(@BindMethods Row row);

        @SqlUpdate("""
                update records_webhook set url = :url, kinds = :kinds, agents = :agents, description = :description,
                    active = case when :active then 1 else 0 end
                where id = :id
                """)
        void define(
                @Bind("id") String id,
                @Bind("url") String url,
                @Bind("kinds") String kinds,
                @Bind("agents") String agents,
                @Bind("description") @Nullable String description,
                @Bind("active") boolean active);

        @SqlUpdate("""
                update records_webhook set secret = :secret, previous_secret = :previous, previous_until = :until
                where id = :id
                """)
        void sign(
                @Bind("id") String id,
                @Bind("secret") String secret,
                @Bind("previous") @Nullable String previous,
                @Bind("until") long until);

        @SqlUpdate("delete from records_webhook where id = :id")
        void delete(@Bind("id") String id);

        // From one webhook to the next, not from row to row.
        @SqlQuery("""
                with recursive there (webhook) as (
                    select min(webhook) from (
                        select min(webhook) as webhook from records_outbox
                        union all select min(webhook) from records_dead_letter) as here
                    union all
                    select (select min(webhook) from (
                        select min(webhook) as webhook from records_outbox where webhook > there.webhook
                        union all
                        select min(webhook) from records_dead_letter where webhook > there.webhook) as beyond)
                    from there where there.webhook is not null)
                select webhook from there
                where webhook is not null and webhook not in (select id from records_webhook)
                """)
        List<String> leftBehind();

        @SqlUpdate("""
                delete from records_outbox where webhook = :webhook and number in
                    (select number from records_outbox where webhook = :webhook order by number limit :limit)
                """)
        int deleteLetters(@Bind("webhook") String webhook, @Bind("limit") int limit);

        @SqlUpdate("""
                delete from records_dead_letter where webhook = :webhook and number in
                    (select number from records_dead_letter where webhook = :webhook order by number limit :limit)
                """)
        int deleteDeadLetters(@Bind("webhook") String webhook, @Bind("limit") int limit);

        @SqlQuery("""
                select number, agent, kind, attempts, first_at, due_at from records_outbox
                where webhook = :webhook and number > :after order by number limit :limit
                """)
        @RegisterConstructorMapper(Letter.class)
        List<Letter> letters(@Bind("webhook") String webhook, @Bind("after") long after, @Bind("limit") int limit);

        @SqlQuery("""
                select number, agent, kind, attempts, first_at, due_at from records_outbox
                where webhook = :webhook and agent = :agent and number >= :from and number <= :to
                order by number limit :limit
                """)
        @RegisterConstructorMapper(Letter.class)
        List<Letter> letters(
                @Bind("webhook") String webhook,
                @Bind("agent") String agent,
                @Bind("from") long from,
                @Bind("to") long to,
                @Bind("limit") int limit);

        @SqlQuery("select number, body from records_outbox where webhook = :webhook and number in (<numbers>)")
        @KeyColumn("number")
        @ValueColumn("body")
        Map<Long, String> bodies(@Bind("webhook") String webhook, @BindList("numbers") List<Long> numbers);

        @SqlBatch("delete from records_outbox where webhook = :webhook and number = :number")
        void deleteLetters(@Bind("webhook") String webhook, @Bind("number") List<Long> number);

        @SqlBatch("""
                update records_outbox set attempts = :attempts, first_at = :firstAt, due_at = :dueAt
                where webhook = :webhook and number = :number
                """)
        void failed(@Bind("webhook") String webhook, @BindMethods List<Letter> letters);

        @SqlUpdate("""
                update records_webhook set
                    delivered_at_epoch_milli = coalesce(cast(:delivered as bigint), delivered_at_epoch_milli),
                    failed_at_epoch_milli = coalesce(cast(:failed as bigint), failed_at_epoch_milli),
                    failure = coalesce(cast(:failure as text), failure)
                where id = :id
                """)
        void mark(
                @Bind("id") String id,
                @Bind("delivered") @Nullable Long delivered,
                @Bind("failed") @Nullable Long failed,
                @Bind("failure") @Nullable String failure);

        @SqlUpdate("update records_webhook set lost = :lost, lost_from = :from, lost_to = :to where id = :id")
        void lose(
                @Bind("id") String id,
                @Bind("lost") long lost,
                @Bind("from") @Nullable Long from,
                @Bind("to") @Nullable Long to);

        @SqlUpdate("""
                insert into records_dead_letter (webhook, number, agent, kind, at_epoch_milli, body, attempts, dead_at, error)
                select webhook, number, agent, kind, at_epoch_milli, body, :attempts, :deadAt, :error
                from records_outbox where webhook = :webhook and number = :number
                on conflict do nothing
                """)
        int bury(
                @Bind("webhook") String webhook,
                @Bind("number") long number,
                @Bind("attempts") int attempts,
                @Bind("deadAt") long deadAt,
                @Bind("error") String error);

        @SqlQuery("""
                select number, agent, kind, at_epoch_milli, body, attempts, dead_at, error from records_dead_letter
                where webhook = :webhook and number > :after order by number limit :limit
                """)
        @RegisterConstructorMapper(DeadLetter.class)
        List<DeadLetter> deadLettersAfter(
                @Bind("webhook") String webhook, @Bind("after") long after, @Bind("limit") int limit);

        @SqlQuery("""
                select number from records_dead_letter
                where webhook = :webhook and number > :after order by number limit :limit
                """)
        List<Long> deadNumbers(@Bind("webhook") String webhook, @Bind("after") long after, @Bind("limit") int limit);

        @SqlUpdate("""
                insert into records_outbox (webhook, number, agent, kind, at_epoch_milli, body, attempts, first_at, due_at)
                select webhook, number, agent, kind, at_epoch_milli, body, 0, 0, 0 from records_dead_letter
                where webhook = :webhook and number in (<numbers>)
                on conflict do nothing
                """)
        int unbury(@Bind("webhook") String webhook, @BindList("numbers") List<Long> numbers);

        @SqlUpdate("delete from records_dead_letter where webhook = :webhook and number in (<numbers>)")
        int deleteDead(@Bind("webhook") String webhook, @BindList("numbers") List<Long> numbers);

        @SqlQuery("""
                select distinct webhook from
                    (select webhook from records_dead_letter where dead_at < :before order by dead_at limit :limit) as old
                """)
        List<String> oldDeadLetters(@Bind("before") long before, @Bind("limit") int limit);

        @SqlUpdate("""
                delete from records_dead_letter where webhook = :webhook and number in
                    (select number from records_dead_letter where webhook = :webhook and dead_at < :before limit :limit)
                """)
        int deleteOldDeadLetters(
                @Bind("webhook") String webhook, @Bind("before") long before, @Bind("limit") int limit);
    }
}
