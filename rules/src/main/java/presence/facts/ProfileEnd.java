package presence.facts;

import org.jspecify.annotations.Nullable;

/**
 * A timed profile ends.
 *
 * @param agent the agent's id
 * @param profile the id of the profile that ends
 * @param onReturn what becomes of Ready, as the profile said when it was selected
 * @param localTime what the agent's local clock shows at the instant, without seconds: {@code 18:05}
 * @param at the instant, in milliseconds since 1970-01-01T00:00Z
 */
@Meaning("A timed profile ends.")
public record ProfileEnd(
        @Meaning("the agent's id") String agent,
        @Meaning("the id of the profile that ends") String profile,
        @Meaning("what becomes of Ready") OnReturn onReturn,

        @Meaning("what the agent's own clock shows then, without seconds: `\"18:05\"`") @TimeOfDay
        String localTime,

        @Meaning("the instant, for the timer") long at)
        implements Deadline {
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
