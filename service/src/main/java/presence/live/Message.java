package presence.live;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes to every subscriber who wants it: written once, never again, shared by all.
 *
 * @param id its place among all messages
 * @param kind what it is about
 * @param agent the agent it is about; null for none
 * @param queues the queues it is about: those the agent is in, or has just left
 * @param bytes its text, with the id first
 */
record Message(long id, MessageKind kind, @Nullable String agent, Set<String> queues, byte[] bytes) {
    /** Whether it is about no agent and no queue, and so for everybody. */
    boolean aboutAll() {
        return agent == null && queues.isEmpty();
    }

    /** Its text for who could not go on from it, since a snapshot is under way. */
    byte[] withoutId() {
        int from = 0;
        while (bytes[from++] != '\n') {
            // the id's line
        }
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}
