package presence.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.engine.Rule;

/**
 * One thing that may happen to an agent.
 *
 * @param sentence what happens, in words
 * @param command the command that reports it; null if it happens by itself
 * @param at when it happens by itself, in milliseconds since 1970-01-01T00:00Z; null for a command
 * @param silent whether the agent's desktop has to be silent until then
 * @param rules the rules behind what happens by itself
 */
public record Step(
        String sentence,
        @Nullable Command command,
        @Nullable Long at,
        boolean silent,
        List<Rule> rules) {

    static Step of(Command command, String sentence) {
        return new Step(sentence, command, null, false, List.of());
    }
}
