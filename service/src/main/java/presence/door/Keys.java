package presence.door;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import presence.records.AuditRecords.Deed;
import presence.records.KeyRecords;
import presence.records.KeyRecords.StoredKey;
import presence.records.RecordsException;

/**
 * Makes and revokes the keys of the API, for the command and the API alike. Each change stands in the audit log, or is not
 * made. Any thread; a call waits for the records.
 */
public final class Keys {
    private final KeyRecords records;
    private final Runnable whenChanged;
    private final Clock clock;

    /** @param whenChanged is told that a key was made or revoked, so that it need not wait to be found */
    public Keys(KeyRecords records, Runnable whenChanged, Clock clock) {
        this.records = records;
        this.whenChanged = whenChanged;
        this.clock = clock;
    }

    /**
     * A key as it is wanted.
     *
     * @param name whose it is; an id
     * @param roles what it may do; one at least
     * @param agent the agent it is for, with the role AGENT and with no other; an id
     * @param goodFor for how long; null until it is revoked
     */
    public record Wanted(
            String name,
            List<Role> roles,
            @Nullable String agent,
            @Nullable Duration goodFor) {}

    /** Who makes or revokes a key, with which roles, from where. */
    public record By(String name, String roles, String address) {}

    /**
     * A key that was made.
     *
     * @param credential as its owner has it; it is kept nowhere
     */
    public record Made(Credential credential, StoredKey key) {}

    /** Every key, in the order they were made. */
    public List<StoredKey> all() throws RecordsException {
        return records.all();
    }

    /** The time by which keys are good or not, in milliseconds since 1970-01-01T00:00Z. */
    public long now() {
        return clock.millis();
    }

    /**
     * Makes a key.
     *
     * @return null if there are {@value KeyRecords#MOST} already
     */
    public @Nullable Made make(Wanted wanted, By by) throws RecordsException {
        Credential credential = Credential.random();
        long now = clock.millis();
        StoredKey key = new StoredKey(
                credential.id(),
                wanted.name(),
                wanted.roles().stream().map(Role::name).collect(Collectors.joining(" ")),
                wanted.agent(),
                credential.hash(),
                now,
                wanted.goodFor() == null ? null : (Long) (now + wanted.goodFor().toMillis()),
                null,
                null);
        if (!records.add(key, deed("keys add", key.id() + " " + key.name() + " " + key.roles(), by))) {
            return null;
        }
        whenChanged.run();
        return new Made(credential, key);
    }

    /**
     * Makes a key good for nothing.
     *
     * @return the key as it was, which may be revoked already; empty if there is none
     */
    public Optional<StoredKey> revoke(String id, By by) throws RecordsException {
        Optional<StoredKey> key = records.revoke(id, clock.millis(), deed("keys revoke", id, by));
        whenChanged.run();
        return key;
    }

    private Deed deed(String action, String subject, By by) {
        return new Deed(clock.millis(), by.name(), by.roles(), action, subject, "APPLIED", by.address(), 1);
    }
}
