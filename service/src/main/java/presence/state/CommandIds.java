package presence.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.command.Command;
import presence.command.Outcome;

/**
 * Remembers the ids that senders gave their commands and how those came out, so that a repeat is answered as the first
 * was and applied once. Not safe for threads.
 */
final class CommandIds {
    private final Map<String, RememberedCommand> byId = new HashMap<>();
    private final Deque<RememberedCommand> inOrder = new ArrayDeque<>();

    /** What became of the command that had this id; null if none is remembered. */
    @Nullable RememberedCommand find(String id) {
        return byId.get(id);
    }

    void remember(String id, Command command, Outcome outcome, long now) {
        remember(new RememberedCommand(id, fingerprint(command), outcome, now));
    }

    void remember(RememberedCommand remembered) {
        if (inOrder.size() >= ContactCentre.MOST_COMMAND_IDS) {
            byId.remove(inOrder.removeFirst().id());
        }
        byId.put(remembered.id(), remembered);
        inOrder.addLast(remembered);
    }

    void forgetBefore(long instant) {
        while (!inOrder.isEmpty() && inOrder.getFirst().at() < instant) {
            byId.remove(inOrder.removeFirst().id());
        }
    }

    /** What is remembered, the oldest first. */
    List<RememberedCommand> all() {
        return List.of(inOrder.toArray(RememberedCommand[]::new));
    }

    /** Tells commands apart; the same for equal commands in every process (FNV-1a, 64 bits). */
    static long fingerprint(Command command) {
        String text = command.toString();
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
