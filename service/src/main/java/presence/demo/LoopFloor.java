package presence.demo;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.ErrorCode;
import presence.command.Outcome;
import presence.facts.Capability;
import presence.index.Ranking;
import presence.loop.PresenceLoop;
import presence.loop.Submission;
import presence.loop.Unavailable;
import presence.state.AgentState;

/** The service's loop, spoken to like any client of it does. One thread. */
final class LoopFloor implements Floor {
    private static final long RETRY_MILLIS = 200;

    private final PresenceLoop loop;

    LoopFloor(PresenceLoop loop) {
        this.loop = loop;
    }

    /** Waits while the service cannot take commands; ends when it stops. */
    @Override
    public List<Outcome> run(List<Command> commands) throws InterruptedException {
        while (true) {
            Submission submission =
                    Submission.of(commands.stream().map(Envelope::of).toList());
            try {
                loop.submit(submission);
                return submission.outcomes().get();
            } catch (Unavailable e) {
                waitOrEnd(e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Unavailable unavailable)) {
                    throw new IllegalStateException("The loop has failed", e.getCause());
                }
                waitOrEnd(unavailable);
            }
        }
    }

    private static void waitOrEnd(Unavailable e) throws InterruptedException {
        if (e.code() == ErrorCode.STOPPING) {
            throw new InterruptedException("The service stops.");
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }

    @Override
    public @Nullable AgentState agent(String id) {
        return loop.index().agent(id);
    }

    @Override
    public @Nullable Ranking eligible(String queue, Capability capability) {
        return loop.index().eligible(queue, capability);
    }

    @Override
    public Ranking transferTargets(Capability capability) {
        return loop.index().transferTargets(capability);
    }
}
