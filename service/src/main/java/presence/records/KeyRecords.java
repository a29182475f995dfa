package presence.records;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import presence.records.AuditRecords.Deed;

/** The keys of the API, at rest. Each change stands in the audit log too, or is not made. Any thread. */
public final class KeyRecords {
    /** The most keys there can be, those that were revoked or have expired among them. */
    public static final int MOST = 10_000;

    private final RecordsDatabase records;

    public KeyRecords(RecordsDatabase records) {
        this.records = records;
    }

    /**
     * A key, without its secret.
     *
     * @param id what it is called where its secret must not be; 12 hexadecimal digits
     * @param name whose it is
     * @param roles the names of its roles, with a blank between them
     * @param agent the agent it is for; null for none
     * @param secretHash the SHA-256 of its secret
     * @param createdAtEpochMilli when it was made
     * @param expiresAtEpochMilli from when on it is no more good; null for never
     * @param revokedAtEpochMilli when it was revoked; null if it was not
     * @param usedAtEpochMilli when it was used last, to the minute; null if it never was
     */
    @SuppressWarnings("ArrayRecordComponent") // a row is never compared
    public record StoredKey(
            String id,
            String name,
            String roles,
            @Nullable String agent,
            byte[] secretHash,
            long createdAtEpochMilli,
            @Nullable Long expiresAtEpochMilli,
            @Nullable Long revokedAtEpochMilli,
            @Nullable Long usedAtEpochMilli) {
        /** Whether a key opens anything. The names are part of the API. */
        public enum State {
            GOOD,
            EXPIRED,
            REVOKED
        }

        /** Whether it opens anything at an instant, in milliseconds since 1970-01-01T00:00Z. */
        public State state(long epochMilli) {
            if (revokedAtEpochMilli != null) {
                return State.REVOKED;
            }
            return expiresAtEpochMilli != null && expiresAtEpochMilli <= epochMilli ? State.EXPIRED : State.GOOD;
        }

        /** Without the hash, which is nobody's business either. */
        @Override
        public String toString() {
            return "StoredKey[" + id + " " + name + "]";
        }
    }

    /** Every key, in the order they were made. */
    public List<StoredKey> all() throws RecordsException {
        return records.read("read the keys", handle -> statements(handle).all());
    }

    /**
     * Adds a key.
     *
     * @return false if there are {@value #MOST} already
     */
    public boolean add(StoredKey key, Deed deed) throws RecordsException {
        return records.write("add a key", handle -> {
            if (statements(handle).count() >= MOST) {
                return false;
            }
            statements(handle).insert(key);
            AuditRecords.insert(handle, List.of(deed));
            return true;
        });
    }

    /**
     * Revokes a key.
     *
     * @return the key as it was, which may be revoked already; empty if there is none
     */
    public Optional<StoredKey> revoke(String id, long atEpochMilli, Deed deed) throws RecordsException {
        return records.write("revoke a key", handle -> {
            Optional<StoredKey> key = statements(handle).key(id);
            if (key.isPresent() && key.get().revokedAtEpochMilli() == null) {
                statements(handle).revoke(id, atEpochMilli);
                AuditRecords.insert(handle, List.of(deed));
            }
            return key;
        });
    }

    /** Notes when keys were used last. */
    public void used(Map<String, Long> atEpochMilliById) throws RecordsException {
        records.change("note the use of keys", handle -> mark(handle, atEpochMilliById));
    }

    private static void mark(Handle handle, Map<String, Long> atEpochMilliById) throws SQLException {
        for (Map.Entry<String, Long> used : atEpochMilliById.entrySet()) {
            statements(handle).used(used.getKey(), used.getValue());
        }
    }

    private static Statements statements(Handle handle) {
        return handle.attach(Statements.class);
    }

    /** The statements on {@code records_key}. */
    interface Statements {
        @SqlQuery("select * from records_key order by created_at_epoch_milli, id")
        @RegisterConstructorMapper(StoredKey.class)
        List<StoredKey> all();

        @SqlQuery("select * from records_key where id = :id")
        @RegisterConstructorMapper(StoredKey.class)
        Optional<StoredKey> key(@Bind("id") String id);

        @SqlQuery("select count(*) from records_key")
        int count();

        @SqlUpdate("""
                insert into records_key (id, name, roles, agent, secret_hash, created_at_epoch_milli,
                    expires_at_epoch_milli, revoked_at_epoch_milli, used_at_epoch_milli)
                values (:id, :name, :roles, :agent, :secretHash, :createdAtEpochMilli,
                    :expiresAtEpochMilli, :revokedAtEpochMilli, :usedAtEpochMilli)
                """)
        void insert(@BindMethods StoredKey key);

        @SqlUpdate("update records_key set revoked_at_epoch_milli = :at where id = :id")
        void revoke(@Bind("id") String id, @Bind("at") long at);

        @SqlUpdate("update records_key set used_at_epoch_milli = :at where id = :id")
        void used(@Bind("id") String id, @Bind("at") long at);
    }
}
