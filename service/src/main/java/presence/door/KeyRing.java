package presence.door;

import static presence.command.ErrorCode.UNAUTHENTICATED;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.records.KeyRecords;
import presence.records.KeyRecords.StoredKey;
import presence.records.RecordsException;

/**
 * The keys of the API, in memory. {@link #readAgain} brings in those that were made or revoked meanwhile; when the records
 * cannot be read, the keys stay as they are known. Any thread.
 */
public final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    /** What nobody finds a secret to. */
    private static final byte[] NOBODYS = new byte[32];

    private static final long USE_NOTED_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final KeyRecords records;
    private final Clock clock;
    private final Map<String, Long> used = new ConcurrentHashMap<>();
    private volatile Map<String, Known> keys;
    private volatile boolean current = true;
    private long useNotedAt;

    private record Known(StoredKey key, Principal principal) {}

    /**
     * Reads the keys.
     *
     * @throws RecordsException if they cannot be read
     */
    public KeyRing(KeyRecords records, Clock clock) throws RecordsException {
        this.records = records;
        this.clock = clock;
        this.keys = read();
    }

    private Map<String, Known> read() throws RecordsException {
        Map<String, Known> known = new HashMap<>();
        for (StoredKey key : records.all()) {
            known.put(
                    key.id(),
                    new Known(
                            key,
                            new Principal(
                                    key.id(), key.name(), roles(key.roles()), key.agent(), key.expiresAtEpochMilli())));
        }
        return known;
    }

    /** A role that this program does not know, from a newer one, gives nothing. */
    static Set<Role> roles(String names) {
        return Arrays.stream(names.split(" "))
                .filter(name -> Arrays.stream(Role.values())
                        .anyMatch(role -> role.name().equals(name)))
                .map(Role::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /**
     * Whose key this is.
     *
     * @throws Forbidden if it is nobody's, or no more good
     */
    Principal owner(String text) {
        Credential credential = Credential.read(text);
        Known known = credential == null ? null : keys.get(credential.id());
        // Compared in the same time wherever they differ, and for a key that there is not.
        byte[] expected = known == null ? NOBODYS : known.key.secretHash();
        if (credential == null || !MessageDigest.isEqual(expected, credential.hash()) || known == null) {
            throw new Forbidden(
                    UNAUTHENTICATED,
                    "The key is not known. Maybe it was cut off, or is for another service; 'keys list' names them.");
        }
        return good(known);
    }

    /**
     * Whose the key with this id is, for what was begun with it.
     *
     * @throws Forbidden if there is none, or it is no more good
     */
    Principal holder(String id) {
        Known known = keys.get(id);
        if (known == null) {
            throw new Forbidden(UNAUTHENTICATED, "The key " + id + " is not known any more.");
        }
        return good(known);
    }

    private Principal good(Known known) {
        StoredKey key = known.key;
        long now = clock.millis();
        switch (key.state(now)) {
            case REVOKED -> throw new Forbidden(UNAUTHENTICATED, "The key " + key.id() + " was revoked.");
            case EXPIRED ->
                throw new Forbidden(
                        UNAUTHENTICATED, "The key " + key.id() + " has expired. Maybe have another one made.");
            case GOOD -> used.put(key.id(), now);
        }
        return known.principal;
    }

    /** Brings in what has changed: about once a second, and when a key was made or revoked here. */
    public synchronized void readAgain() {
        try {
            keys = read();
            if (!current) {
                LOG.info("The keys can be read again.");
            }
            current = true;
            noteUse();
        } catch (RecordsException | RuntimeException e) {
            // Whoever calls would never call again.
            if (current) {
                LOG.warn("The keys cannot be read; those known before go on being good. {}", e.getMessage());
            }
            current = false;
        }
    }

    private void noteUse() throws RecordsException {
        long now = clock.millis();
        if (now - useNotedAt < USE_NOTED_MILLIS || used.isEmpty()) {
            return;
        }
        useNotedAt = now;
        Map<String, Long> noted = new HashMap<>(used);
        records.used(noted);
        noted.forEach(used::remove);
    }

    /** Whether the keys could be read when that was tried last. */
    public boolean current() {
        return current;
    }

    /** How many there are, good or not. */
    public int size() {
        return keys.size();
    }
}
