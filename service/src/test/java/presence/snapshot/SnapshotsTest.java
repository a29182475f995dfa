package presence.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import presence.TestRules;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.QueueDefinition;
import presence.facts.Capability;
import presence.index.PresenceIndex;
import presence.journal.Journal;
import presence.journal.SnapshotWriter;
import presence.journal.TestDatabases;
import presence.model.RandomCommands;
import presence.state.ContactCentre;
import presence.state.Described;
import presence.state.StateImage;

/** What a snapshot keeps comes back. */
class SnapshotsTest {
    private static final long START = 1_772_438_400_000L;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"SQLITE, 1", "SQLITE, 2", "POSTGRESQL, 3"})
    void everything_comes_back(TestDatabases databases, long seed) throws Exception {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random, 30);
        try (Journal journal = databases.fresh(folder).open();
                ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, event -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            commands.beginnings().forEach(command -> centre.apply(Envelope.of(command)));
            for (int i = 0; i < 2_000; i++) {
                centre.advance(centre.now() + random.nextInt(10_000));
                centre.apply(commands.next(
                        id -> centre.agent(id) == null ? 0 : centre.agent(id).version()));
            }
            index.publish(centre);
            StateImage image = centre.image();

            Snapshots.write(image, 0, journal);
            Snapshots.Restored restored = Snapshots.latest(journal).orElseThrow();

            assertThat(restored.coversNumber()).isZero();
            assertThat(restored.image().at()).isEqualTo(image.at());
            assertThat(restored.image().commandIds()).isNotEmpty().isEqualTo(image.commandIds());
            try (ContactCentre again = ContactCentre.restore(TestRules.SHIPPED, restored.image(), event -> {})) {
                PresenceIndex indexAgain = new PresenceIndex(again);
                assertThat(Described.agents(indexAgain)).as("seed %d", seed).isEqualTo(Described.agents(index));
                assertThat(Described.answers(indexAgain)).isEqualTo(Described.answers(index));
                assertThat(again.pendingDeadlines()).isEqualTo(centre.pendingDeadlines());
                assertThat(conversations(again)).isNotEmpty().isEqualTo(conversations(centre));
                for (int i = 0; i < 300; i++) {
                    long to = centre.now() + random.nextInt(100_000);
                    centre.advance(to);
                    again.advance(to);
                    Envelope next = commands.next(id ->
                            centre.agent(id) == null ? 0 : centre.agent(id).version());
                    assertThat(again.apply(next)).as("seed %d", seed).isEqualTo(centre.apply(next));
                }
                index.publish(centre);
                indexAgain.publish(again);
                assertThat(Described.agents(indexAgain)).isEqualTo(Described.agents(index));
            }
        }
    }

    private static TreeMap<String, String> conversations(ContactCentre centre) {
        centre.publish((agent, before, after) -> {});
        return centre.image().conversations().stream()
                .collect(Collectors.toMap(
                        conversation -> conversation.id(), Described::conversation, (a, b) -> a, TreeMap::new));
    }

    @Test
    void refused_commands_keep_their_ids_and_answers() throws Exception {
        try (Journal journal = TestDatabases.SQLITE.fresh(folder).open();
                ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, event -> {})) {
            Envelope refused = new Envelope(new Command.SelectProfile("nobody", "none", null), "id-1", null);
            var outcome = centre.apply(refused);
            assertThat(outcome.code()).isEqualTo(ErrorCode.UNKNOWN_AGENT);
            Snapshots.write(centre.image(), 0, journal);

            try (ContactCentre again = ContactCentre.restore(
                    TestRules.SHIPPED, Snapshots.latest(journal).orElseThrow().image(), event -> {})) {
                assertThat(again.apply(refused)).isEqualTo(outcome);
            }
        }
    }

    @Test
    void versions_of_agents_who_are_gone_are_never_given_again() throws Exception {
        Envelope put = Envelope.of(new Command.PutAgent(
                new AgentDefinition("ada", "Ada", ZoneId.of("UTC"), List.of(), EnumSet.allOf(Capability.class))));
        try (Journal journal = TestDatabases.SQLITE.fresh(folder).open();
                ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, event -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            centre.apply(put);
            centre.apply(Envelope.of(new Command.SignIn("ada")));
            centre.apply(Envelope.of(new Command.DeleteAgent("ada")));
            index.publish(centre);
            Snapshots.write(centre.image(), 0, journal);

            try (ContactCentre again = ContactCentre.restore(
                    TestRules.SHIPPED, Snapshots.latest(journal).orElseThrow().image(), event -> {})) {
                again.apply(put);
                assertThat(again.agent("ada").version()).isEqualTo(3);
            }
        }
    }

    @Test
    void twenty_thousand_agents_come_back_from_several_parts() throws Exception {
        try (Journal journal = TestDatabases.SQLITE.fresh(folder).open();
                ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, event -> {})) {
            centre.apply(Envelope.of(new Command.PutQueue(new QueueDefinition("q", "Queue", false))));
            for (int i = 0; i < 20_000; i++) {
                String id = "agent-" + i;
                centre.apply(Envelope.of(new Command.PutAgent(new AgentDefinition(
                        id, "Agent " + i, ZoneId.of("Asia/Kolkata"), List.of("q"), EnumSet.allOf(Capability.class)))));
                if (i % 10 == 0) {
                    centre.apply(Envelope.of(new Command.SignIn(id)));
                    centre.apply(Envelope.of(new Command.Ready(id, null)));
                }
            }
            PresenceIndex index = new PresenceIndex(centre);

            Snapshots.write(centre.image(), 0, journal);
            int[] parts = {0};
            journal.latestSnapshot().orElseThrow().read(part -> parts[0]++);
            assertThat(parts[0]).isGreaterThan(2);

            try (ContactCentre again = ContactCentre.restore(
                    TestRules.SHIPPED, Snapshots.latest(journal).orElseThrow().image(), event -> {})) {
                PresenceIndex indexAgain = new PresenceIndex(again);
                assertThat(indexAgain.agentCount()).isEqualTo(20_000);
                assertThat(indexAgain.eligible("q", Capability.PHONE))
                        .hasSize(2_000)
                        .containsExactlyElementsOf(index.eligible("q", Capability.PHONE));
            }
        }
    }

    @Test
    void what_is_published_after_an_image_does_not_change_the_image() {
        try (ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, event -> {})) {
            PresenceIndex index = new PresenceIndex(centre);
            centre.apply(Envelope.of(new Command.PutAgent(
                    new AgentDefinition("ada", "Ada", ZoneId.of("UTC"), List.of(), EnumSet.allOf(Capability.class)))));
            index.publish(centre);
            StateImage image = centre.image();
            Function<StateImage, String> text =
                    it -> it.agentImages().map(Object::toString).collect(Collectors.joining());
            String before = text.apply(image);

            centre.apply(Envelope.of(new Command.SignIn("ada")));
            index.publish(centre);

            assertThat(text.apply(image)).isEqualTo(before);
        }
    }

    @Test
    void changes_that_are_not_published_yet_keep_an_image_from_being_taken() {
        try (ContactCentre centre = new ContactCentre(TestRules.SHIPPED, START, event -> {})) {
            centre.apply(Envelope.of(new Command.PutAgent(
                    new AgentDefinition("ada", "Ada", ZoneId.of("UTC"), List.of(), EnumSet.allOf(Capability.class)))));

            assertThatThrownBy(centre::image).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void without_a_snapshot_there_is_nothing_to_read() throws Exception {
        try (Journal journal = TestDatabases.SQLITE.fresh(folder).open()) {
            assertThat(Snapshots.latest(journal)).isEmpty();
        }
    }

    @Test
    void a_snapshot_of_another_form_is_refused_with_both_numbers() throws Exception {
        try (Journal journal = TestDatabases.SQLITE.fresh(folder).open()) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(part)) {
                gzip.write("{\"form\":987}\n{\"hologram\":{\"x\":1}}\n".getBytes(StandardCharsets.UTF_8));
            }
            try (SnapshotWriter writer = journal.beginSnapshot(0, START)) {
                writer.part(part.toByteArray());
                writer.commit();
            }

            assertThatThrownBy(() -> Snapshots.latest(journal))
                    .hasMessageContaining("987")
                    .hasMessageContaining("reads 1")
                    .hasMessageContaining("Maybe");
        }
    }
}
