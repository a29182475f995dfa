package presence.journal;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on snapshots. The rows are in here because members of an interface are public, as JDBI needs them. */
interface SnapshotStatements {

    /** Newest first. */
    @SqlQuery("select * from snapshot order by covers_number desc, id desc")
    @RegisterConstructorMapper(SnapshotRow.class)
    List<SnapshotRow> complete();

    @SqlQuery("""
            select 1 + coalesce(max(id), 0)
            from (select max(id) as id from snapshot union all select max(snapshot_id) as id from snapshot_part) as ids
            """)
    long nextId();

    @SqlUpdate("""
            insert into snapshot_part (snapshot_id, part, body, checksum)
            values (:id, :part, :body, :checksum)
            """)
    void insertPart(
            @Bind("id") long id, @Bind("part") int part, @Bind("body") byte[] body, @Bind("checksum") long checksum);

    /** Only when every part is there. */
    @SqlUpdate("""
            insert into snapshot (id, covers_number, at_epoch_milli, parts)
            select :id, :coversNumber, :atEpochMilli, :parts
            where (select count(*) from snapshot_part where snapshot_id = :id) = :parts
            """)
    int insertHead(
            @Bind("id") long id,
            @Bind("coversNumber") long coversNumber,
            @Bind("atEpochMilli") long atEpochMilli,
            @Bind("parts") int parts);

    @SqlQuery("select * from snapshot_part where snapshot_id = :id and part = :part")
    @RegisterConstructorMapper(SnapshotPartRow.class)
    Optional<SnapshotPartRow> part(@Bind("id") long id, @Bind("part") int part);

    @SqlUpdate("delete from snapshot where id = :id")
    void deleteHead(@Bind("id") long id);

    /** A part that belongs to no complete snapshot, nor to the one being written (0 when none is). */
    @SqlQuery("""
            select snapshot_id, part from snapshot_part
            where snapshot_id not in (select id from snapshot) and snapshot_id <> :writing
            order by snapshot_id, part
            limit 1
            """)
    @RegisterConstructorMapper(SnapshotPartName.class)
    Optional<SnapshotPartName> orphan(@Bind("writing") long writing);

    @SqlUpdate("delete from snapshot_part where snapshot_id = :id and part = :part")
    void deletePart(@Bind("id") long id, @Bind("part") int part);

    /** A row of {@code snapshot}: it stands for a complete snapshot. */
    record SnapshotRow(long id, long coversNumber, long atEpochMilli, int parts) {}

    /** A row of {@code snapshot_part}. */
    @SuppressWarnings("ArrayRecordComponent") // a row is never compared
    record SnapshotPartRow(long snapshotId, int part, byte[] body, long checksum) {}

    /** What names a row of {@code snapshot_part}. */
    record SnapshotPartName(long snapshotId, int part) {}
}
