package presence.door;

import static presence.command.ErrorCode.TOO_MANY;
import static presence.command.ErrorCode.UNAUTHENTICATED;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.records.AuditRecords.Deed;
import presence.records.RecordsException;
import presence.records.SessionRecords;
import presence.records.SessionRecords.StoredSession;

/**
 * The sessions of browsers: in memory, where every request looks, and in the records, so that a restart signs nobody out. A
 * session has a token, 256 random bits, which only its browser has; here is the token's SHA-256. It ends when it was not
 * used for long, when its time is over, when somebody signs out, and with the key that it was begun with.
 *
 * <p>Any thread. {@link #owner} waits for nothing.
 */
public final class Sessions {
    /** The most sessions there can be. */
    static final int MOST = 200_000;

    /** The most sessions of one key or subject; the one used longest ago makes room. */
    static final int MOST_OF_ONE = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final int TOKEN_LENGTH = 43;
    private static final long USE_NOTED_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final SessionRecords records;
    private final KeyRing keys;
    private final long idleMillis;
    private final long longestMillis;
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** Those that are over and may still be in the records. */
    private final Set<String> over = ConcurrentHashMap.newKeySet();

    private volatile boolean current = true;
    private long tendedAt;

    private static final class Session {
        private final StoredSession stored;
        private final Principal principal;
        private volatile long usedAt;
        private volatile long notedAt;

        private Session(StoredSession stored) {
            this.stored = stored;
            this.principal = new Principal(
                    stored.principal(),
                    stored.name(),
                    KeyRing.roles(stored.roles()),
                    stored.agent(),
                    stored.endsAtEpochMilli());
            this.usedAt = stored.usedAtEpochMilli();
            this.notedAt = stored.usedAtEpochMilli();
        }
    }

    /**
     * A session that has begun.
     *
     * @param token what its browser shows; it is kept nowhere else
     * @param principal whose it is, and until when at the latest
     */
    public record Begun(String token, Principal principal) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Begun[" + principal.name() + "]";
        }
    }

    /** How one was let in, and from where. */
    record Entry(@Nullable String keyId, String how, String address) {}

    /**
     * Reads the sessions.
     *
     * @param keys the keys that sessions are begun with
     * @param settings how long a session lasts, and whether there are any but those of keys
     * @throws RecordsException if they cannot be read
     */
    public Sessions(SessionRecords records, KeyRing keys, AuthenticationConfiguration settings, Clock clock)
            throws RecordsException {
        this.records = records;
        this.keys = keys;
        this.idleMillis = settings.sessionIdle().toMilliseconds();
        this.longestMillis = settings.sessionLongest().toMilliseconds();
        this.clock = clock;
        boolean ofIssuer = settings.mode() == AuthenticationConfiguration.Mode.KEYS_AND_TOKENS;
        for (StoredSession stored : records.all()) {
            if (stored.keyId() != null || ofIssuer) {
                sessions.put(stored.tokenHash(), new Session(stored));
            } else {
                over.add(stored.tokenHash());
            }
        }
    }

    /**
     * Whose session this is. It counts as used.
     *
     * @throws Forbidden if it is nobody's, or over
     */
    Principal owner(String token) {
        Session session = token.length() == TOKEN_LENGTH ? sessions.get(hash(token)) : null;
        long now = clock.millis();
        if (session == null || isOver(session, now)) {
            throw new Forbidden(UNAUTHENTICATED, "The session has ended. Maybe sign in again.");
        }
        String key = session.stored.keyId();
        Principal owner =
                key == null ? session.principal : keys.holder(key).atMostUntil(session.stored.endsAtEpochMilli());
        session.usedAt = now;
        return owner;
    }

    private boolean isOver(Session session, long now) {
        return now >= session.stored.endsAtEpochMilli() || now - session.usedAt >= idleMillis;
    }

    /**
     * Begins a session, which is on disk when this returns, with its row in the audit log.
     *
     * @throws Forbidden if there are {@value #MOST} already
     * @throws RecordsException if it cannot be kept
     */
    synchronized Begun begin(Principal principal, Entry entry) throws RecordsException {
        makeRoom(principal.id());
        String token = Secrets.random();
        long now = clock.millis();
        Principal bounded = principal.atMostUntil(now + longestMillis);
        StoredSession stored = new StoredSession(
                hash(token),
                entry.keyId(),
                principal.id(),
                principal.name(),
                principal.rolesText(),
                principal.agent(),
                now,
                now + longestMillis,
                now);
        records.add(stored, deed(principal, "sign-in", entry.how(), entry.address()));
        sessions.put(stored.tokenHash(), new Session(stored));
        return new Begun(token, bounded);
    }

    private void makeRoom(String principal) {
        List<Session> own = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (session.stored.principal().equals(principal)) {
                own.add(session);
            }
        }
        own.sort(Comparator.comparingLong(session -> session.usedAt));
        for (int i = 0; i <= own.size() - MOST_OF_ONE; i++) {
            forget(own.get(i));
        }
        if (sessions.size() >= MOST) {
            throw new Forbidden(TOO_MANY, "There are " + MOST + " sessions, the most there can be.");
        }
    }

    /**
     * Ends a session.
     *
     * @return who has signed out; null if the token was nobody's
     */
    @Nullable SignedOut end(String token) {
        Session session = token.length() == TOKEN_LENGTH ? sessions.get(hash(token)) : null;
        if (session == null) {
            return null;
        }
        forget(session);
        deleteOver();
        return new SignedOut(session.principal, session.stored.keyId() == null);
    }

    /**
     * Somebody who has signed out.
     *
     * @param ofIssuer whether the issuer had said who it is
     */
    record SignedOut(Principal principal, boolean ofIssuer) {}

    private void forget(Session session) {
        if (sessions.remove(session.stored.tokenHash(), session)) {
            over.add(session.stored.tokenHash());
        }
    }

    private Deed deed(Principal principal, String action, String how, String address) {
        return new Deed(clock.millis(), principal.name(), principal.rolesText(), action, how, "APPLIED", address, 1);
    }

    /** Forgets what is over and notes what was used. Called about once a second, by one thread. */
    public void tend() {
        long now = clock.millis();
        if (Math.abs(now - tendedAt) >= USE_NOTED_MILLIS) {
            tendedAt = now;
            take(session -> isOver(session, now) || !keyIsGood(session)).forEach(this::forget);
            noteUse();
        }
        deleteOver();
    }

    private boolean keyIsGood(Session session) {
        String key = session.stored.keyId();
        try {
            return key == null || !keys.holder(key).id().isEmpty();
        } catch (Forbidden e) {
            return false;
        }
    }

    private List<Session> take(Predicate<Session> wanted) {
        return sessions.values().stream().filter(wanted).toList();
    }

    private void noteUse() {
        Map<String, Long> used = new HashMap<>();
        List<Session> noted = take(session -> session.usedAt != session.notedAt);
        noted.forEach(session -> used.put(session.stored.tokenHash(), session.usedAt));
        if (!used.isEmpty() && kept(() -> records.used(used))) {
            noted.forEach(session -> session.notedAt = used.getOrDefault(session.stored.tokenHash(), session.notedAt));
        }
    }

    private void deleteOver() {
        List<String> hashes = List.copyOf(over);
        if (!hashes.isEmpty() && kept(() -> records.delete(hashes))) {
            hashes.forEach(over::remove);
        }
    }

    private interface Change {
        void make() throws RecordsException;
    }

    private boolean kept(Change change) {
        try {
            change.make();
            if (!current) {
                LOG.info("The sessions can be written again.");
            }
            current = true;
        } catch (RecordsException | RuntimeException e) {
            // Whoever calls would never call again.
            if (current) {
                LOG.warn("The sessions cannot be written; those known go on being good. {}", e.getMessage());
            }
            current = false;
        }
        return current;
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(Secrets.sha256(token));
    }
}
