package presence.facts;

import org.jspecify.annotations.Nullable;

/**
 * Nobody has said a word about a conversation for as long as the policy allows.
 *
 * @param conversation the conversation's id
 * @param at the instant, in milliseconds since 1970-01-01T00:00Z
 */
@Meaning("Nobody has said a word about a conversation for as long as the policy allows.")
public record StaleEnd(
        @Meaning("the conversation's id") String conversation,
        @Meaning("the instant, for the timer") long at) implements Deadline {
    @Override
    public String subject() {
        return conversation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
