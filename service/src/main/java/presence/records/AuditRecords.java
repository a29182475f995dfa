package presence.records;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The audit log, at rest: who did what. Rows are added, and deleted when they are old. Any thread. */
public final class AuditRecords {
    private static final int BITE_ROWS = 2_000;

    private final RecordsDatabase records;

    public AuditRecords(RecordsDatabase records) {
        this.records = records;
    }

    /**
     * What somebody did, or tried to.
     *
     * @param atEpochMilli when; of those that are counted together, the last
     * @param principal who, as far as that is known
     * @param roles the names of the roles, with a blank between them
     * @param action what, such as {@code PUT /v1/policy} or {@code keys add}
     * @param subject about what or whom; empty if the action says it
     * @param outcome how it came out: a status of HTTP, or a code
     * @param address from where
     * @param times how often; more than once for refusals that are counted together
     */
    public record Deed(
            long atEpochMilli,
            String principal,
            String roles,
            String action,
            String subject,
            String outcome,
            String address,
            long times) {
        public Deed {
            principal = cut(principal, 300);
            action = cut(action, 256);
            subject = cut(subject, 512);
            outcome = cut(outcome, 64);
            address = cut(address, 64);
        }

        /** No longer than its column, and without what PostgreSQL's text cannot hold. */
        private static String cut(String text, int longest) {
            String clean = text.replace('\u0000', '?');
            return clean.length() <= longest ? clean : clean.substring(0, longest);
        }
    }

    /** A deed with its number, by which they are ordered. */
    public record Row(
            long number,
            long atEpochMilli,
            String principal,
            String roles,
            String action,
            String subject,
            String outcome,
            String address,
            long times) {}

    /** Adds rows; they are on disk when this returns. */
    public void add(List<Deed> deeds) throws RecordsException {
        records.change("write to the audit log", handle -> insert(handle, deeds));
    }

    /** Adds rows as part of something else. */
    static void insert(Handle handle, List<Deed> deeds) {
        handle.attach(Statements.class).insert(deeds);
    }

    /**
     * The newest rows first.
     *
     * @param fromEpochMilli from when on
     * @param toEpochMilli until before when
     * @param principal only this one's; null for everybody's
     * @param beforeNumber only rows before this number
     * @param limit how many at most
     */
    public List<Row> page(
            long fromEpochMilli, long toEpochMilli, @Nullable String principal, long beforeNumber, int limit)
            throws RecordsException {
        return records.read(
                "read the audit log",
                handle -> handle.attach(Statements.class)
                        .page(fromEpochMilli, toEpochMilli, principal == null ? "" : principal, beforeNumber, limit));
    }

    /**
     * Deletes some of the rows that are older than this.
     *
     * @return whether there may be more of them
     */
    public boolean prune(long beforeEpochMilli) throws RecordsException {
        return records.write(
                "prune the audit log",
                handle -> handle.attach(Statements.class).delete(beforeEpochMilli, BITE_ROWS) == BITE_ROWS);
    }

    /** The statements on {@code records_audit}. */
    interface Statements {
        @SqlBatch("""
                insert into records_audit (at_epoch_milli, principal, roles, action, subject, outcome, address, times)
                values (:atEpochMilli, :principal, :roles, :action, :subject, :outcome, :address, :times)
                """)
        void insert(@BindMethods Iterable<Deed> deeds);

        @SqlQuery("""
                select * from records_audit
                where at_epoch_milli >= :from and at_epoch_milli < :to and number < :before
                  and (:principal = '' or principal = :principal)
                order by number desc
                limit :limit
                """)
        @RegisterConstructorMapper(Row.class)
        List<Row> page(
                @Bind("from") long from,
                @Bind("to") long to,
                @Bind("principal") String principal,
                @Bind("before") long before,
                @Bind("limit") int limit);

        @SqlUpdate("""
                delete from records_audit where number in
                    (select number from records_audit where at_epoch_milli < :before order by number limit :limit)
                """)
        int delete(@Bind("before") long before, @Bind("limit") int limit);
    }
}
