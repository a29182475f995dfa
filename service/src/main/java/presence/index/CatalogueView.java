package presence.index;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import presence.command.Policy;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.command.RulesRelease;
import presence.state.Catalogue;
import presence.state.StateImage;

/**
 * The definitions as readers see them. Immutable.
 *
 * @param revision which state of the catalogue this is
 * @param policy the policy
 * @param profiles the profiles that can be chosen, by id
 * @param retired the profiles that still serve but cannot be chosen, by id
 * @param queues the queues, by id
 * @param queueGroups the queue groups, by id
 */
public record CatalogueView(
        long revision,
        Policy policy,
        Map<String, ProfileDefinition> profiles,
        Map<String, ProfileDefinition> retired,
        Map<String, QueueDefinition> queues,
        Map<String, QueueGroupDefinition> queueGroups) {

    static CatalogueView of(Catalogue catalogue) {
        return new CatalogueView(
                catalogue.revision(),
                catalogue.policy(),
                catalogue.profiles(),
                catalogue.retiredProfiles(),
                catalogue.queues(),
                catalogue.queueGroups());
    }

    /** The profile, whether it can be chosen or only still serves. */
    public @Nullable ProfileDefinition profileInUse(String id) {
        ProfileDefinition profile = profiles.get(id);
        return profile != null ? profile : retired.get(id);
    }

    /** The definitions alone, as a snapshot would keep them at an instant. */
    public StateImage image(long at) {
        return new StateImage(
                at,
                RulesRelease.PROGRAM,
                0,
                0,
                0,
                policy,
                List.copyOf(queues.values()),
                List.copyOf(queueGroups.values()),
                List.copyOf(profiles.values()),
                List.copyOf(retired.values()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
