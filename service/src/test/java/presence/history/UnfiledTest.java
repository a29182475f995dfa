package presence.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import presence.command.Cause;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.Reason;
import presence.facts.Status;
import presence.journal.TestDatabases;
import presence.records.RecordsDatabase;
import presence.state.Conversation;
import presence.state.Happening;
import presence.state.Offer;
import presence.state.PresenceEvent;

/** What is put down in a rush and filed later stands in the tables as if it had been filed at once. */
class UnfiledTest {
    private static final List<String> TABLES =
            List.of("records_state", "records_queues", "records_capabilities", "records_conversation", "records_offer");

    @TempDir
    private Path folder;

    private static Conversation conversation(Conversation.State state, long changedAt) {
        return new Conversation(
                "call-1",
                "anna",
                Channel.PHONE,
                "sales",
                false,
                state,
                false,
                false,
                2_000,
                changedAt,
                changedAt,
                null,
                null);
    }

    /** One of everything that is recorded, with and without what may be missing. */
    private static List<Happening> happenings() {
        List<PresenceEvent> events = List.of(
                new PresenceEvent.StateChanged(
                        "anna",
                        Status.OFFLINE,
                        List.of(),
                        Status.AWAY,
                        List.of(Reason.NOT_READY, Reason.PROFILE_AWAY),
                        true,
                        false,
                        "a cup of tea, „sofort“",
                        true,
                        "lunch",
                        9_000L,
                        1_000,
                        900,
                        1_000),
                new PresenceEvent.StateChanged(
                        "ben",
                        Status.OFFLINE,
                        List.of(),
                        Status.OFFLINE,
                        List.of(),
                        false,
                        false,
                        null,
                        true,
                        null,
                        null,
                        1_000,
                        1_000,
                        1_000),
                new PresenceEvent.QueuesChanged(
                        "anna", List.of("sales"), List.of(), List.of("sales", "support"), 1_001),
                new PresenceEvent.QueuesChanged("ben", List.of(), List.of("sales"), List.of(), 1_001),
                new PresenceEvent.CapabilitiesChanged("anna", EnumSet.of(Capability.PHONE, Capability.CHAT), 1_002),
                new PresenceEvent.ConversationChanged(
                        "anna", conversation(Conversation.State.ACTIVE, 2_000), null, false, 2_000),
                new PresenceEvent.ConversationChanged(
                        "anna",
                        conversation(Conversation.State.WRAP_UP, 3_000),
                        conversation(Conversation.State.ACTIVE, 2_000),
                        false,
                        3_000),
                new PresenceEvent.OfferChanged(
                        "ben",
                        new Offer(
                                "offer-1",
                                "call-2",
                                Channel.CHAT,
                                null,
                                "ben",
                                Offer.State.MISSED,
                                2_000,
                                4_000,
                                4_000,
                                null),
                        4_000),
                new PresenceEvent.AgentDeleted("ben", 5_000));
        List<Happening> happenings = new ArrayList<>();
        for (PresenceEvent event : events) {
            long number = happenings.size() + 1L;
            happenings.add(new Happening(number, event, Cause.SUPERVISOR, number % 2 == 0 ? null : "sue"));
        }
        return happenings;
    }

    private static List<List<Map<String, Object>>> tables(RecordsDatabase records) throws Exception {
        return records.read(
                "read everything",
                handle -> TABLES.stream()
                        .map(table -> handle.createQuery(
                                        "select * from " + table + " order by agent, at_epoch_milli, number")
                                .mapToMap()
                                .list())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(TestDatabases.class)
    void what_is_filed_later_is_what_is_filed_at_once(TestDatabases databases) throws Exception {
        List<Happening> happenings = happenings();
        List<List<Map<String, Object>>> expected;
        try (RecordsDatabase records =
                RecordsDatabase.open(databases.fresh(folder).configuration())) {
            records.change(
                    "file",
                    handle -> HistoryTables.write(
                            handle,
                            records.isPostgresql(),
                            sheet -> happenings.forEach(happening -> Rows.of(happening, sheet))));
            expected = tables(records);
            assertThat(expected).noneMatch(List::isEmpty);
        }
        try (RecordsDatabase records =
                RecordsDatabase.open(databases.fresh(folder).configuration())) {
            Unfiled before = new Unfiled(records);
            for (List<Happening> part : List.of(happenings.subList(0, 4), happenings.subList(4, happenings.size()))) {
                records.change("put down", handle -> before.put(handle, part));
                before.put(part.get(0).number() - 1);
            }
            assertThat(before.any()).isTrue();
            assertThat(before.upTo(9)).isZero();
            assertThat(tables(records)).allMatch(List::isEmpty);

            // The process has ended, and another one goes on.
            Unfiled after = new Unfiled(records);
            assertThat(after.any()).isTrue();
            assertThat(after.upTo(9)).isZero();
            after.file();
            assertThat(after.upTo(9)).isEqualTo(4);
            after.file();

            assertThat(after.any()).isFalse();
            assertThat(after.upTo(9)).isEqualTo(9);
            assertThat(tables(records)).isEqualTo(expected);
            // A transaction whose answer was lost is asked for again.
            before.file();
            assertThat(before.any()).isFalse();
            assertThat(tables(records)).isEqualTo(expected);
        }
    }

    @Test
    void rows_in_another_form_are_not_taken_for_ours() {
        byte[] cutOff = {1, 0, 0};
        byte[] newer = {2};
        assertThatIllegalStateException().isThrownBy(() -> RowBytes.read(cutOff, sheet()));
        assertThatIllegalStateException().isThrownBy(() -> RowBytes.read(newer, sheet()));
    }

    private static Rows.Sheet sheet() {
        return new RowBytes();
    }
}
