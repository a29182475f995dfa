package presence.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import presence.api.CommandReader;
import presence.api.CommandWriter;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Policy;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.command.RulesRelease;
import presence.journal.Journal;
import presence.journal.JournalException;
import presence.journal.SnapshotReader;
import presence.journal.SnapshotWriter;
import presence.state.AgentImage;
import presence.state.Conversation;
import presence.state.Offer;
import presence.state.RememberedCommand;
import presence.state.StateImage;

/**
 * The form of a snapshot: parts of gzipped JSON lines, each line an object with one field that says what it is.
 * Definitions are written as the commands that make them.
 */
public final class Snapshots {
    /** The form written. One that is read and has another number was written by another version of the program. */
    private static final int FORM = 1;

    /** A part is closed once so much has been put into it, in bytes before compression. */
    private static final int PART = 1 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Snapshots() {}

    /**
     * Writes a snapshot. Any thread.
     *
     * @param coversNumber the last journal entry whose effect the image holds
     */
    public static void write(StateImage image, long coversNumber, Journal journal) throws JournalException {
        try (SnapshotWriter writer = journal.beginSnapshot(coversNumber, image.at());
                Parts parts = new Parts(writer)) {
            parts.add("form", FORM);
            parts.add("release", image.release());
            parts.add("versionsGone", image.versionsGone());
            parts.add("told", image.told());
            parts.add("offersMade", image.offersMade());
            parts.define("define", new Command.PutPolicy(image.policy().whole()));
            for (QueueDefinition queue : image.queues()) {
                parts.define("define", new Command.PutQueue(queue));
            }
            for (QueueGroupDefinition group : image.queueGroups()) {
                parts.define("define", new Command.PutQueueGroup(group));
            }
            for (ProfileDefinition profile : image.profiles()) {
                parts.define("define", new Command.PutProfile(profile));
            }
            for (ProfileDefinition profile : image.retired()) {
                parts.define("retired", new Command.PutProfile(profile));
            }
            for (Iterator<AgentImage> agents = image.agentImages().iterator(); agents.hasNext(); ) {
                parts.add("agent", agents.next());
            }
            for (Conversation conversation : image.conversations()) {
                parts.add("conversation", conversation);
            }
            for (Offer offer : image.offers()) {
                parts.add("offer", offer);
            }
            for (RememberedCommand remembered : image.commandIds()) {
                parts.add("commandId", remembered);
            }
            parts.flush();
            writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be written", e);
        }
    }

    /** Reads the newest snapshot, if there is one. */
    public static Optional<Restored> latest(Journal journal) throws JournalException {
        Optional<SnapshotReader> reader = journal.latestSnapshot();
        return reader.isEmpty() ? Optional.empty() : Optional.of(read(reader.get()));
    }

    /**
     * A snapshot that has been read.
     *
     * @param image what it kept
     * @param coversNumber the last journal entry whose effect it holds
     */
    public record Restored(StateImage image, long coversNumber) {}

    private static Restored read(SnapshotReader reader) throws JournalException {
        Policy[] policy = {Policy.DEFAULT};
        RulesRelease[] release = {RulesRelease.PROGRAM};
        long[] versionsGone = {0};
        long[] told = {0};
        long[] offersMade = {0};
        List<Offer> offers = new ArrayList<>();
        List<QueueDefinition> queues = new ArrayList<>();
        List<QueueGroupDefinition> groups = new ArrayList<>();
        List<ProfileDefinition> profiles = new ArrayList<>();
        List<ProfileDefinition> retired = new ArrayList<>();
        List<AgentImage> agents = new ArrayList<>();
        List<Conversation> conversations = new ArrayList<>();
        List<RememberedCommand> commandIds = new ArrayList<>();
        reader.read(part -> lines(part, (what, value) -> {
            switch (what) {
                case "form" -> checkForm(value.asInt());
                case "release" -> release[0] = JSON.treeToValue(value, RulesRelease.class);
                case "versionsGone" -> versionsGone[0] = value.asLong();
                case "told" -> told[0] = value.asLong();
                case "offersMade" -> offersMade[0] = value.asLong();
                case "offer" -> offers.add(JSON.treeToValue(value, Offer.class));
                case "agent" -> agents.add(JSON.treeToValue(value, AgentImage.class));
                case "conversation" -> conversations.add(JSON.treeToValue(value, Conversation.class));
                case "commandId" -> commandIds.add(JSON.treeToValue(value, RememberedCommand.class));
                default -> {
                    Command command = CommandReader.command(value).command();
                    if (command instanceof Command.PutPolicy put) {
                        policy[0] = policy[0].with(put.change());
                    } else if (command instanceof Command.PutQueue put) {
                        queues.add(put.definition());
                    } else if (command instanceof Command.PutQueueGroup put) {
                        groups.add(put.definition());
                    } else if (command instanceof Command.PutProfile put) {
                        (what.equals("retired") ? retired : profiles).add(put.definition());
                    }
                }
            }
        }));
        return new Restored(
                StateImage.of(
                        reader.atEpochMilli(),
                        release[0],
                        versionsGone[0],
                        told[0],
                        offersMade[0],
                        policy[0],
                        queues,
                        groups,
                        profiles,
                        retired,
                        agents,
                        conversations,
                        offers,
                        commandIds),
                reader.coversNumber());
    }

    private static void checkForm(int form) {
        if (form != FORM) {
            throw new IllegalStateException("The snapshot has the form " + form + "; this version of the program reads "
                    + FORM + ". Maybe it was written by a newer version.");
        }
    }

    @FunctionalInterface
    private interface LineReader {
        void accept(String what, JsonNode value) throws JsonProcessingException;
    }

    private static void lines(byte[] part, LineReader reader) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(part));
                var nodes = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            while (nodes.hasNext()) {
                JsonNode line = nodes.next();
                String what = line.fieldNames().next();
                reader.accept(what, line.get(what));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A part of the snapshot cannot be read: " + e.getMessage(), e);
        }
    }

    /** Collects lines into parts. */
    private static final class Parts implements AutoCloseable {
        private final SnapshotWriter writer;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable GZIPOutputStream gzip;
        private int filled;

        Parts(SnapshotWriter writer) {
            this.writer = writer;
        }

        void add(String what, Object value) throws IOException, JournalException {
            add(what, JSON.writeValueAsBytes(value));
        }

        void define(String what, Command command) throws IOException, JournalException {
            add(what, CommandWriter.line(Envelope.of(command)));
        }

        private void add(String what, byte[] value) throws IOException, JournalException {
            GZIPOutputStream out = gzip;
            if (out == null) {
                out = new GZIPOutputStream(bytes, 8192);
                gzip = out;
            }
            byte[] name = ("{\"" + what + "\":").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            out.write(name);
            out.write(value);
            out.write('}');
            out.write('\n');
            filled += name.length + value.length + 2;
            if (filled >= PART) {
                flush();
            }
        }

        void flush() throws IOException, JournalException {
            if (gzip != null) {
                gzip.close();
                gzip = null;
                writer.part(bytes.toByteArray());
                bytes.reset();
                filled = 0;
            }
        }

        @Override
        public void close() throws IOException {
            if (gzip != null) {
                gzip.close();
            }
        }
    }
}
