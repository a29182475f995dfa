package presence.records;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Releases of the rules, which of them were activated, and the draft, at rest. Any thread. */
public final class RulesRecords {
    /** The most releases there can be. */
    public static final int MOST_RELEASES = 100_000;

    private static final int THE_DRAFT = 1;

    private final RecordsDatabase records;

    public RulesRecords(RecordsDatabase records) {
        this.records = records;
    }

    /**
     * A release.
     *
     * @param files its files, gzipped JSON; empty in a list of releases
     * @param report what its check said, gzipped JSON; empty in a list of releases
     */
    @SuppressWarnings("ArrayRecordComponent") // a row is never compared
    public record ReleaseRow(
            int number,
            String hash,
            String author,
            String comment,
            long releasedAtEpochMilli,
            String overridden,
            byte[] files,
            byte[] report) {}

    /** That a release was made to conclude. */
    public record ActivationRow(long number, int release, String author, long atEpochMilli) {}

    /**
     * The draft.
     *
     * @param files its files, gzipped JSON; null if it has been deleted
     */
    @SuppressWarnings("ArrayRecordComponent") // a row is never compared
    public record DraftRow(
            long version, int basedOn, String author, long changedAtEpochMilli, byte @Nullable [] files) {}

    /** The release with its files; empty if there is none. */
    public Optional<ReleaseRow> release(int number) throws RecordsException {
        return records.read(
                "read a release of the rules", handle -> statements(handle).release(number));
    }

    /** Releases without their files, the newest first. */
    public List<ReleaseRow> releases(int below, int limit) throws RecordsException {
        return records.read(
                "read the releases of the rules", handle -> statements(handle).releases(below, limit));
    }

    /** How a release comes about. */
    @FunctionalInterface
    public interface Made {
        /** @param number the number it gets */
        ReleaseRow of(int number);
    }

    /**
     * Adds a release and deletes the draft it was made from.
     *
     * @param draft the version that the draft must have
     * @return the release; empty if the draft has changed, or there are {@value #MOST_RELEASES} already
     */
    public Optional<ReleaseRow> add(Made made, long draft) throws RecordsException {
        return records.write("add a release of the rules", handle -> {
            Statements statements = statements(handle);
            int number = statements.last() + 1;
            if (number > MOST_RELEASES || statements.deleteDraft(THE_DRAFT, draft) == 0) {
                return Optional.empty();
            }
            ReleaseRow release = made.of(number);
            statements.insert(release);
            return Optional.of(release);
        });
    }

    /** Notes that a release concludes from now on. */
    public void activated(int release, String author, long atEpochMilli) throws RecordsException {
        records.change(
                "note that a release is active", handle -> statements(handle).activated(release, author, atEpochMilli));
    }

    /** Which releases concluded, the last first. */
    public List<ActivationRow> activations(int limit) throws RecordsException {
        return records.read(
                "read which releases were active", handle -> statements(handle).activations(limit));
    }

    /** The draft; empty if there never was one. */
    public Optional<DraftRow> draft() throws RecordsException {
        return records.read(
                "read the draft of the rules", handle -> statements(handle).draft(THE_DRAFT));
    }

    /**
     * Puts a draft in place of one of a version.
     *
     * @param draft the draft, of a version one above
     * @param expected the version that is replaced; 0 if there never was one
     * @return false if there is another version
     */
    public boolean replace(DraftRow draft, long expected) throws RecordsException {
        return records.write("change the draft of the rules", handle -> {
            Statements statements = statements(handle);
            long found = statements.draft(THE_DRAFT).map(DraftRow::version).orElse(0L);
            if (found != expected) {
                return false;
            }
            if (found == 0) {
                statements.insertDraft(THE_DRAFT, draft);
            } else {
                statements.updateDraft(THE_DRAFT, draft);
            }
            return true;
        });
    }

    /** Deletes the draft of a version; false if there is another. */
    public boolean deleteDraft(long version) throws RecordsException {
        return records.write(
                "delete the draft of the rules", handle -> statements(handle).deleteDraft(THE_DRAFT, version) > 0);
    }

    private static Statements statements(Handle handle) {
        return handle.attach(Statements.class);
    }

    /** The statements on {@code records_rules_…}. */
    interface Statements {
        @SqlQuery("select * from records_rules_release where number = :number")
        @RegisterConstructorMapper(ReleaseRow.class)
        Optional<ReleaseRow> release(@Bind("number") int number);

        @SqlQuery("""
                select number, hash, author, comment, released_at_epoch_milli, overridden, null as files, null as report
                from records_rules_release where number < :below order by number desc limit :limit
                """)
        @RegisterConstructorMapper(ReleaseRow.class)
        List<ReleaseRow> releases(@Bind("below") int below, @Bind("limit") int limit);

        @SqlQuery("select coalesce(max(number), 0) from records_rules_release")
        int last();

        @SqlUpdate("""
                insert into records_rules_release (number, hash, author, comment, released_at_epoch_milli, overridden,
                    files, report)
                values (:number, :hash, :author, :comment, :releasedAtEpochMilli, :overridden, :files, :report)
                """)
        void insert(@BindMethods ReleaseRow release);

        @SqlUpdate("""
                insert into records_rules_activation (release, author, at_epoch_milli) values (:release, :author, :at)
                """)
        void activated(@Bind("release") int release, @Bind("author") String author, @Bind("at") long at);

        @SqlQuery("select * from records_rules_activation order by number desc limit :limit")
        @RegisterConstructorMapper(ActivationRow.class)
        List<ActivationRow> activations(@Bind("limit") int limit);

        @SqlQuery("""
                select version, based_on, author, changed_at_epoch_milli, files from records_rules_draft where id = :id
                """)
        @RegisterConstructorMapper(DraftRow.class)
        Optional<DraftRow> draft(@Bind("id") int id);

        @SqlUpdate("""
                insert into records_rules_draft (id, version, based_on, author, changed_at_epoch_milli, files)
                values (:id, :version, :basedOn, :author, :changedAtEpochMilli, :files)
                """)
        void insertDraft(@Bind("id") int id, @BindMethods DraftRow draft);

        @SqlUpdate("""
                update records_rules_draft set version = :version, based_on = :basedOn, author = :author,
                    changed_at_epoch_milli = :changedAtEpochMilli, files = :files
                where id = :id
                """)
        void updateDraft(@Bind("id") int id, @BindMethods DraftRow draft);

        @SqlUpdate("""
                update records_rules_draft set version = version + 1, files = null
                where id = :id and version = :version and files is not null
                """)
        int deleteDraft(@Bind("id") int id, @Bind("version") long version);
    }
}
