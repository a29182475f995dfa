package presence.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import presence.api.BadInput;
import presence.api.Instants;
import presence.api.ReplayLine;
import presence.api.ReplayLine.Query;
import presence.api.Timers;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.engine.RuleBook;
import presence.facts.Capability;
import presence.facts.Reason;
import presence.index.PresenceIndex;
import presence.index.Ranking;
import presence.state.AgentState;
import presence.state.Candidate;
import presence.state.ContactCentre;
import presence.state.Conversation;

/**
 * Runs a file of commands and questions under the file's own time: the same rules and the same state as the service, so
 * that the same commands give the same answers, byte for byte.
 *
 * <p>One thread.
 */
public final class Replay implements AutoCloseable {
    private final RuleBook rules;
    private final JsonGenerator answers;
    private final PrintStream errors;
    private @Nullable ContactCentre centre;
    private @Nullable PresenceIndex index;
    private long commands;
    private long refused;
    private long questions;

    /**
     * @param rules the rules to be asked
     * @param answers where a line for each question goes
     * @param errors where a line for each refused command goes
     */
    public Replay(RuleBook rules, OutputStream answers, PrintStream errors) throws IOException {
        this.rules = rules;
        this.answers = new JsonFactory().createGenerator(answers);
        this.answers.setRootValueSeparator(null);
        this.errors = errors;
    }

    /** How many commands were run, the refused ones included. */
    public long commands() {
        return commands;
    }

    /** How many commands were refused. */
    public long refused() {
        return refused;
    }

    /** How many questions were answered. */
    public long questions() {
        return questions;
    }

    /**
     * Runs the next line.
     *
     * @param number the line's number in its file, from 1
     * @throws TimeRunsBackwards if its time is before that of an earlier line
     */
    public void run(long number, ReplayLine line) throws IOException {
        ContactCentre running = centre;
        if (running == null) {
            running = new ContactCentre(rules, line.at(), event -> {});
            centre = running;
            index = new PresenceIndex(running);
            // Files say themselves when a conversation ends; one whose policy says staleAfter means it.
            running.apply(Envelope.of(new Command.PutPolicy(PolicyChange.NOTHING_STALE)));
        }
        if (line.at() < running.now()) {
            throw new TimeRunsBackwards(number, line.at(), running.now());
        }
        running.advance(line.at());
        BadInput error = line.error();
        if (error != null) {
            commands++;
            refuse(number, error.code() + " " + error.getMessage());
        } else if (line.command() != null) {
            commands++;
            Outcome outcome = running.apply(line.command());
            if (outcome.refused()) {
                refuse(number, outcome.code() + " " + outcome.detail());
            }
        } else if (line.query() != null && index != null) {
            questions++;
            answer(number, line.query(), running, index);
        }
    }

    /** Writes out what has been answered so far. */
    public void flush() throws IOException {
        answers.flush();
    }

    @Override
    public void close() throws IOException {
        answers.flush();
        if (centre != null) {
            centre.close();
        }
    }

    private void refuse(long number, String why) {
        refused++;
        errors.println("line " + number + ": " + why);
    }

    private void answer(long number, Query query, ContactCentre running, PresenceIndex read) throws IOException {
        answers.writeStartObject();
        answers.writeNumberField("line", number);
        answers.writeObjectFieldStart("answer");
        if (query instanceof Query.AgentQuery asked) {
            agent(running.agent(asked.agent()));
        } else if (query instanceof Query.EligibleQuery asked) {
            read.publishEligible(running, asked.queue());
            eligible(read.eligible(asked.queue(), asked.channel().capability()), asked.limit());
        } else if (query instanceof Query.TransferTargetsQuery asked) {
            Conversation conversation = running.conversation(asked.conversation());
            if (conversation != null) {
                read.publishTransferTargets(running, conversation.channel().capability());
            }
            targets(conversation, read, asked.limit());
        } else if (query instanceof Query.ExclusionsQuery asked) {
            exclusions(running, asked);
        }
        answers.writeEndObject();
        answers.writeEndObject();
        answers.writeRaw('\n');
    }

    private void agent(@Nullable AgentState agent) throws IOException {
        if (agent == null) {
            answers.writeStringField("error", "UNKNOWN_AGENT");
            return;
        }
        answers.writeStringField("status", agent.verdict().status().name());
        reasons(agent.verdict().reasons());
        answers.writeBooleanField("ready", agent.ready());
        answers.writeStringField("profile", agent.profile());
        answers.writeStringField(
                "expiresAt",
                agent.profileEnd() == null
                        ? null
                        : Instants.text(agent.profileEnd().at()));
        answers.writeArrayFieldStart("queues");
        for (String queue : new TreeSet<>(agent.queues())) {
            answers.writeString(queue);
        }
        answers.writeEndArray();
        answers.writeArrayFieldStart("capabilities");
        for (String capability : new TreeSet<>(
                agent.capabilities().stream().map(Capability::name).toList())) {
            answers.writeString(capability);
        }
        answers.writeEndArray();
        if (!agent.labels().isEmpty()) {
            answers.writeArrayFieldStart("labels");
            for (String label : new TreeSet<>(agent.labels())) {
                answers.writeString(label);
            }
            answers.writeEndArray();
        }
        answers.writeArrayFieldStart("timers");
        ProfileDefinition profile =
                agent.profile() == null ? null : running().catalogue().profileInUse(agent.profile());
        for (Timers.Timer timer : Timers.of(agent, profile)) {
            answers.writeStartObject();
            answers.writeStringField("timer", timer.kind().name());
            answers.writeStringField("startedAt", Instants.text(timer.startedAt()));
            if (timer.conversation() != null) {
                answers.writeStringField("conversation", timer.conversation().id());
            }
            answers.writeEndObject();
        }
        answers.writeEndArray();
        answers.writeBooleanField("directChat", agent.verdict().directChat());
    }

    private ContactCentre running() {
        return java.util.Objects.requireNonNull(centre);
    }

    private void eligible(@Nullable Ranking ranking, int limit) throws IOException {
        if (ranking == null) {
            answers.writeStringField("error", "UNKNOWN_QUEUE");
            return;
        }
        answers.writeArrayFieldStart("agents");
        int left = limit;
        for (Candidate candidate : ranking) {
            if (left-- == 0) {
                break;
            }
            answers.writeString(candidate.agent());
        }
        answers.writeEndArray();
    }

    private void targets(@Nullable Conversation conversation, PresenceIndex read, int limit) throws IOException {
        if (conversation == null || !conversation.open()) {
            answers.writeStringField("error", "UNKNOWN_CONVERSATION");
            return;
        }
        answers.writeArrayFieldStart("agents");
        int left = limit;
        for (Candidate candidate : read.transferTargets(conversation.channel().capability())) {
            if (candidate.agent().equals(conversation.agent())) {
                continue;
            }
            if (left-- == 0) {
                break;
            }
            answers.writeStartObject();
            answers.writeStringField("agent", candidate.agent());
            answers.writeNumberField("rank", candidate.rank());
            answers.writeEndObject();
        }
        answers.writeEndArray();
    }

    private void exclusions(ContactCentre running, Query.ExclusionsQuery asked) throws IOException {
        AgentState agent = running.agent(asked.agent());
        if (agent == null) {
            answers.writeStringField("error", "UNKNOWN_AGENT");
        } else if (running.catalogue().queue(asked.queue()) == null) {
            answers.writeStringField("error", "UNKNOWN_QUEUE");
        } else {
            reasons(running.exclusions(agent, asked.queue(), asked.channel().capability()));
        }
    }

    private void reasons(List<Reason> reasons) throws IOException {
        answers.writeArrayFieldStart("reasons");
        for (Reason reason : reasons) {
            answers.writeString(reason.name());
        }
        answers.writeEndArray();
    }

    /** A file whose lines are not in the order of their times. */
    public static final class TimeRunsBackwards extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimeRunsBackwards(long line, long at, long now) {
            super("Line " + line + " is at " + Instant.ofEpochMilli(at) + ", before the line above it at "
                    + Instant.ofEpochMilli(now) + "; expected lines in the order of their times.");
        }
    }
}
