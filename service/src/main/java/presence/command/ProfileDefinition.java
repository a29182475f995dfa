package presence.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import presence.facts.OnReturn;
import presence.facts.ProfileType;

/**
 * A presence profile, as administrators define one.
 *
 * @param id the profile's id
 * @param name what people call it
 * @param type its type, which never changes after creation
 * @param colour how it is shown: {@code #rrggbb}, or null
 * @param icon the name of its icon, or null
 * @param order where it stands in a list of profiles, the lower the earlier
 * @param duration how long it lasts before the default returns; null for a profile without an end
 * @param rounding the minutes of the agent's local clock to which its end is rounded up, a divisor of 60; null for none
 * @param queueGroup the id of the queue group whose queues it brings, or null
 * @param onReturn what becomes of Ready at its end
 * @param absence whether it counts as an absence; null for what its type says: Away and Tentative do
 * @param isDefault whether it is the default; null leaves that as it is
 */
public record ProfileDefinition(
        String id,
        String name,
        ProfileType type,
        @Nullable String colour,
        @Nullable String icon,
        int order,
        @Nullable Duration duration,
        @Nullable Integer rounding,
        @Nullable String queueGroup,
        OnReturn onReturn,
        @Nullable Boolean absence,
        @Nullable Boolean isDefault) {

    /** Whether the ABSENT timer runs while an agent is on this profile. */
    public boolean countsAsAbsence() {
        return absence != null ? absence : type == ProfileType.AWAY || type == ProfileType.TENTATIVE;
    }

    /** The same profile, as the default or not. */
    public ProfileDefinition asDefault(boolean value) {
        return new ProfileDefinition(
                id, name, type, colour, icon, order, duration, rounding, queueGroup, onReturn, absence, value);
    }
}
