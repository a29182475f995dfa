package presence.facts;

import org.jspecify.annotations.Nullable;

/**
 * A profile was selected: by the agent, for the agent, by sign-in, or because the default returned.
 *
 * @param agent the agent's id
 * @param profile the profile's id
 * @param type the profile's type
 * @param queueGroup the id of the queue group that the profile is tied to, or null
 */
@Meaning("A profile was selected: by the agent, for the agent, by sign-in, or because the default returned.")
public record ProfileSelected(
        @Meaning("the agent's id") String agent,
        @Meaning("the profile's id") String profile,
        @Meaning("the profile's type") ProfileType type,

        @Meaning("the id of the queue group that the profile is tied to, or `null`") @Nullable String queueGroup) {}
