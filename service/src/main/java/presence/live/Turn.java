package presence.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.facts.Capability;
import presence.state.AgentState;
import presence.state.Happening;

/** What one turn of the loop brought. Written by the loop's thread, handed over, read by the stream's. */
final class Turn {
    /** An agent as it was visible and as it is. */
    record Change(
            String agent,
            @Nullable AgentState before,
            @Nullable AgentState after) {
        /** Both as one: what was visible in between is passed over. */
        Change then(Change later) {
            return new Change(agent, before, later.after);
        }
    }

    /** How many agents can be given a queue's conversations. */
    record Staffing(String queue, Capability capability, int eligible) {}

    /** Which watch this belongs to. */
    final int watch;

    /** Its place among the loop's that were handed over; 0 for one of another origin. */
    long number;

    final List<Happening> happenings = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Staffing> staffing = new ArrayList<>();

    /** Whether everything may be another than was told. */
    boolean anew;

    /** Whether a profile, a queue, a queue group or the policy may be another. */
    boolean redefined;

    /** The rules that conclude from here on; null if they are those from before. */
    @Nullable String release;

    Turn(int watch) {
        this.watch = watch;
    }

    int size() {
        return happenings.size() + changes.size() + staffing.size();
    }

    boolean isEmpty() {
        return size() == 0 && !anew && !redefined && release == null;
    }
}
