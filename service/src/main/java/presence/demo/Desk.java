package presence.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.command.Command;
import presence.command.ErrorCode;
import presence.command.Outcome;

/** Collects commands and hands them in together. One thread. */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Floor floor;
    private final List<Command> pending = new ArrayList<>();
    private final Map<ErrorCode, Long> refused = new EnumMap<>(ErrorCode.class);
    private long commands;

    Desk(Floor floor) {
        this.floor = floor;
    }

    /** Takes a command; it goes in with the next {@link #flush}. */
    void add(Command command) {
        pending.add(command);
    }

    /**
     * Hands in what was collected and waits until it is visible. That a command is refused is no fault: whoever tries the
     * API may have signed an agent out or deleted a profile.
     */
    void flush() throws InterruptedException {
        if (pending.isEmpty()) {
            return;
        }
        List<Outcome> outcomes = floor.run(List.copyOf(pending));
        for (int i = 0; i < outcomes.size(); i++) {
            ErrorCode code = outcomes.get(i).code();
            if (code != null) {
                refused.merge(code, 1L, Long::sum);
                LOG.debug("{} was refused: {}", pending.get(i), outcomes.get(i).detail());
            }
        }
        commands += outcomes.size();
        pending.clear();
    }

    /** How many commands were handed in, the refused ones included. */
    long commands() {
        return commands;
    }

    /** How many commands were refused, by code. */
    Map<ErrorCode, Long> refused() {
        return refused;
    }
}
