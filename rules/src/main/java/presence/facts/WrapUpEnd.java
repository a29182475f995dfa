package presence.facts;

import org.jspecify.annotations.Nullable;

/**
 * The time allowed for the wrap-up of a conversation ends.
 *
 * @param conversation the conversation's id
 * @param at the instant, in milliseconds since 1970-01-01T00:00Z
 */
@Meaning("The time allowed for the wrap-up of a conversation ends.")
public record WrapUpEnd(
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
