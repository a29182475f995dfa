package presence.records;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import presence.records.AuditRecords.Deed;

/** The sessions of browsers, at rest. Each beginning stands in the audit log too, or is not made. Any thread. */
public final class SessionRecords {
    private final RecordsDatabase records;

    public SessionRecords(RecordsDatabase records) {
        this.records = records;
    }

    /**
     * A session, without its token.
     *
     * @param tokenHash the SHA-256 of its token, in 64 hexadecimal digits
     * @param keyId the key it was begun with; null if the issuer of tokens said who it is
     * @param principal what tells one from another: the key's id, or the issuer's subject
     * @param name who it is
     * @param roles the names of its roles, with a blank between them, as the issuer said them
     * @param agent the agent it is for; null for none
     * @param createdAtEpochMilli when it began
     * @param endsAtEpochMilli when it ends, used or not
     * @param usedAtEpochMilli when it was used last, to the minute
     */
    public record StoredSession(
            String tokenHash,
            @Nullable String keyId,
            String principal,
            String name,
            String roles,
            @Nullable String agent,
            long createdAtEpochMilli,
            long endsAtEpochMilli,
            long usedAtEpochMilli) {
        /** Without the hash, which is nobody's business. */
        @Override
        public String toString() {
            return "StoredSession[" + principal + "]";
        }
    }

    /** Every session that has not been deleted. */
    public List<StoredSession> all() throws RecordsException {
        return records.read(
                "read the sessions", handle -> handle.attach(Statements.class).all());
    }

    /** Adds a session; it is on disk when this returns. */
    public void add(StoredSession session, Deed deed) throws RecordsException {
        records.change("add a session", handle -> {
            handle.attach(Statements.class).insert(session);
            AuditRecords.insert(handle, List.of(deed));
        });
    }

    /** Deletes sessions, those that are not there among them. */
    public void delete(Collection<String> tokenHashes) throws RecordsException {
        records.change(
                "delete sessions", handle -> handle.attach(Statements.class).delete(tokenHashes));
    }

    /** Notes when sessions were used last. */
    public void used(Map<String, Long> atEpochMilliByHash) throws RecordsException {
        records.change(
                "note the use of sessions",
                handle ->
                        handle.attach(Statements.class).used(atEpochMilliByHash.keySet(), atEpochMilliByHash.values()));
    }

    /** The statements on {@code records_session}. */
    interface Statements {
        @SqlQuery("select * from records_session")
        @RegisterConstructorMapper(StoredSession.class)
        List<StoredSession> all();

        @SqlUpdate("""
                insert into records_session (token_hash, key_id, principal, name, roles, agent,
                    created_at_epoch_milli, ends_at_epoch_milli, used_at_epoch_milli)
                values (:tokenHash, :keyId, :principal, :name, :roles, :agent,
                    :createdAtEpochMilli, :endsAtEpochMilli, :usedAtEpochMilli)
                """)
        void insert(@BindMethods StoredSession session);

        @SqlBatch("delete from records_session where token_hash = :hash")
        void delete(@Bind("hash") Iterable<String> hashes);

        @SqlBatch("update records_session set used_at_epoch_milli = :at where token_hash = :hash")
        void used(@Bind("hash") Iterable<String> hashes, @Bind("at") Iterable<Long> at);
    }
}
