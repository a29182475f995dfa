package presence.facts;

import org.jspecify.annotations.Nullable;

/**
 * The grace of a lost connection ends.
 *
 * @param agent the agent's id
 * @param at the instant, in milliseconds since 1970-01-01T00:00Z
 */
@Meaning("The grace of a lost connection ends.")
public record GraceEnd(
        @Meaning("the agent's id") String agent,
        @Meaning("the instant, for the timer") long at) implements Deadline {
    @Override
    public String subject() {
        return agent;
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
