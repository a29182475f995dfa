package presence.state;

import static presence.command.ErrorCode.DEFAULT_PROFILE;
import static presence.command.ErrorCode.INVALID_DEFAULT;
import static presence.command.ErrorCode.PROFILE_TYPE_FIXED;
import static presence.command.ErrorCode.QUEUE_GROUP_IN_USE;
import static presence.command.ErrorCode.QUEUE_IN_USE;
import static presence.command.ErrorCode.TOO_MANY;
import static presence.command.ErrorCode.UNKNOWN_PROFILE;
import static presence.command.ErrorCode.UNKNOWN_QUEUE;
import static presence.command.ErrorCode.UNKNOWN_QUEUE_GROUP;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import presence.command.Outcome;
import presence.command.Policy;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.facts.OnReturn;
import presence.facts.ProfileType;

/**
 * What administrators define: policy, profiles, queues and queue groups. Not safe for threads.
 *
 * <p>Exactly one profile is the default. A deleted profile is retired: it cannot be chosen any more, and it is kept until
 * the last agent who has it leaves it.
 */
public final class Catalogue {
    private static final ProfileDefinition FIRST_PROFILE = new ProfileDefinition(
            "available",
            "Available",
            ProfileType.AVAILABLE,
            null,
            null,
            0,
            null,
            null,
            null,
            OnReturn.KEEP,
            null,
            true);

    /** The most profiles, deleted ones that still serve left out. */
    public static final int MOST_PROFILES = 1_000;

    /** The most queues. */
    public static final int MOST_QUEUES = 10_000;

    /** The most queue groups. */
    public static final int MOST_QUEUE_GROUPS = 1_000;

    private final Map<String, ProfileDefinition> profiles = new TreeMap<>();
    private final Map<String, ProfileDefinition> retired = new TreeMap<>();
    private final Map<String, Integer> agentsOnProfile = new HashMap<>();
    private final Map<String, QueueDefinition> queues = new TreeMap<>();
    private final Map<String, QueueGroupDefinition> queueGroups = new TreeMap<>();
    private Policy policy = Policy.DEFAULT;
    private String defaultProfile = FIRST_PROFILE.id();
    private long revision;

    Catalogue() {
        profiles.put(FIRST_PROFILE.id(), FIRST_PROFILE);
    }

    /** The definitions as a snapshot kept them. */
    Catalogue(StateImage image) {
        policy = image.policy();
        image.queues().forEach(queue -> queues.put(queue.id(), queue));
        image.queueGroups().forEach(group -> queueGroups.put(group.id(), group));
        image.profiles().forEach(profile -> profiles.put(profile.id(), profile));
        image.retired().forEach(profile -> retired.put(profile.id(), profile));
        defaultProfile = image.profiles().stream()
                .filter(profile -> Boolean.TRUE.equals(profile.isDefault()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The snapshot has no default profile."))
                .id();
        image.agents().forEach(agent -> {
            if (agent.profile() != null) {
                selected(agent.profile());
            }
        });
    }

    /** Grows with each change, so that a reader knows whether it has seen the last one. */
    public long revision() {
        return revision;
    }

    public Policy policy() {
        return policy;
    }

    void policy(Policy changed) {
        policy = changed;
        revision++;
    }

    // --- profiles

    /** The profile, if it can be chosen. */
    public @Nullable ProfileDefinition profile(String id) {
        return profiles.get(id);
    }

    public ProfileDefinition defaultProfile() {
        return Objects.requireNonNull(profiles.get(defaultProfile));
    }

    /** The profiles that can be chosen, by id. */
    public Map<String, ProfileDefinition> profiles() {
        return Map.copyOf(profiles);
    }

    /** The profiles that are deleted but still serve agents who have them, by id. */
    public Map<String, ProfileDefinition> retiredProfiles() {
        return Map.copyOf(retired);
    }

    /** The profile, whether it can be chosen or only still serves; null if there is none. */
    public @Nullable ProfileDefinition profileInUse(String id) {
        ProfileDefinition profile = profiles.get(id);
        return profile != null ? profile : retired.get(id);
    }

    SortedSet<String> profileIds() {
        return new TreeSet<>(profiles.keySet());
    }

    boolean retired(String id) {
        return retired.containsKey(id);
    }

    Outcome put(ProfileDefinition definition) {
        ProfileDefinition known = profiles.getOrDefault(definition.id(), retired.get(definition.id()));
        if (known != null && known.type() != definition.type()) {
            return Outcome.refused(
                    PROFILE_TYPE_FIXED,
                    "Profile '" + known.id() + "' is of type " + known.type() + ", which cannot become "
                            + definition.type() + ". Maybe create another profile.",
                    "/type");
        }
        if (definition.queueGroup() != null && !queueGroups.containsKey(definition.queueGroup())) {
            return Outcome.refused(
                    UNKNOWN_QUEUE_GROUP, "There is no queue group '" + definition.queueGroup() + "'.", "/queueGroup");
        }
        boolean isDefaultNow = definition.id().equals(defaultProfile);
        if (isDefaultNow && Boolean.FALSE.equals(definition.isDefault())) {
            return Outcome.refused(
                    DEFAULT_PROFILE,
                    "Profile '" + definition.id()
                            + "' is the default. Maybe make another profile the default; this one then no longer is.",
                    "/default");
        }
        boolean isDefault = isDefaultNow || Boolean.TRUE.equals(definition.isDefault());
        if (isDefault && definition.type() != ProfileType.AVAILABLE) {
            return Outcome.refused(
                    INVALID_DEFAULT,
                    "The default profile must be of type AVAILABLE; '" + definition.id() + "' is " + definition.type()
                            + ".",
                    "/default");
        }
        if (isDefault && definition.duration() != null) {
            return Outcome.refused(
                    INVALID_DEFAULT,
                    "The default profile must have no duration; '" + definition.id() + "' has " + definition.duration()
                            + ".",
                    "/duration");
        }
        ProfileDefinition put = definition.asDefault(isDefault);
        if (put.equals(profiles.get(put.id()))) {
            return Outcome.UNCHANGED;
        }
        if (full(profiles, put.id(), MOST_PROFILES)) {
            return tooMany("profiles", MOST_PROFILES);
        }
        if (isDefault && !isDefaultNow) {
            profiles.put(defaultProfile, defaultProfile().asDefault(false));
            defaultProfile = put.id();
        }
        retired.remove(put.id());
        profiles.put(put.id(), put);
        revision++;
        return Outcome.APPLIED;
    }

    Outcome deleteProfile(String id) {
        ProfileDefinition profile = profiles.get(id);
        if (profile == null) {
            return retired(id)
                    ? Outcome.UNCHANGED
                    : Outcome.refused(UNKNOWN_PROFILE, "There is no profile '" + id + "'.");
        }
        if (id.equals(defaultProfile)) {
            return Outcome.refused(
                    DEFAULT_PROFILE,
                    "Profile '" + id + "' is the default and cannot be deleted. Maybe make another profile the default"
                            + " first.");
        }
        profiles.remove(id);
        if (agentsOnProfile.containsKey(id)) {
            retired.put(id, profile);
        }
        revision++;
        return Outcome.APPLIED;
    }

    void selected(String profile) {
        agentsOnProfile.merge(profile, 1, Integer::sum);
    }

    void unselected(@Nullable String profile) {
        if (profile == null) {
            return;
        }
        Integer left = agentsOnProfile.merge(profile, -1, (count, less) -> count + less == 0 ? null : count + less);
        if (left == null && retired.remove(profile) != null) {
            revision++;
        }
    }

    // --- queues and queue groups

    public @Nullable QueueDefinition queue(String id) {
        return queues.get(id);
    }

    /** The queues, by id. */
    public Map<String, QueueDefinition> queues() {
        return Map.copyOf(queues);
    }

    Outcome put(QueueDefinition definition) {
        if (full(queues, definition.id(), MOST_QUEUES)) {
            return tooMany("queues", MOST_QUEUES);
        }
        if (definition.equals(queues.put(definition.id(), definition))) {
            return Outcome.UNCHANGED;
        }
        revision++;
        return Outcome.APPLIED;
    }

    Outcome deleteQueue(String id) {
        if (!queues.containsKey(id)) {
            return Outcome.refused(UNKNOWN_QUEUE, "There is no queue '" + id + "'.");
        }
        for (QueueGroupDefinition group : queueGroups.values()) {
            if (group.queues().contains(id)) {
                return Outcome.refused(
                        QUEUE_IN_USE,
                        "Queue '" + id + "' is in the queue group '" + group.id()
                                + "'. Maybe take it out of the group first.");
            }
        }
        queues.remove(id);
        revision++;
        return Outcome.APPLIED;
    }

    public @Nullable QueueGroupDefinition queueGroup(String id) {
        return queueGroups.get(id);
    }

    /** The queue groups, by id. */
    public Map<String, QueueGroupDefinition> queueGroups() {
        return Map.copyOf(queueGroups);
    }

    Outcome put(QueueGroupDefinition definition) {
        for (int i = 0; i < definition.queues().size(); i++) {
            if (!queues.containsKey(definition.queues().get(i))) {
                return Outcome.refused(
                        UNKNOWN_QUEUE,
                        "There is no queue '" + definition.queues().get(i) + "'.",
                        "/queues/" + i);
            }
        }
        if (full(queueGroups, definition.id(), MOST_QUEUE_GROUPS)) {
            return tooMany("queue groups", MOST_QUEUE_GROUPS);
        }
        if (definition.equals(queueGroups.put(definition.id(), definition))) {
            return Outcome.UNCHANGED;
        }
        revision++;
        return Outcome.APPLIED;
    }

    Outcome deleteQueueGroup(String id) {
        if (!queueGroups.containsKey(id)) {
            return Outcome.refused(UNKNOWN_QUEUE_GROUP, "There is no queue group '" + id + "'.");
        }
        for (ProfileDefinition profile : profiles.values()) {
            if (id.equals(profile.queueGroup())) {
                return Outcome.refused(
                        QUEUE_GROUP_IN_USE,
                        "Profile '" + profile.id() + "' is tied to the queue group '" + id
                                + "'. Maybe change the profile first.");
            }
        }
        queueGroups.remove(id);
        revision++;
        return Outcome.APPLIED;
    }

    private static boolean full(Map<String, ?> definitions, String id, int most) {
        return definitions.size() >= most && !definitions.containsKey(id);
    }

    private static Outcome tooMany(String what, int most) {
        return Outcome.refused(
                TOO_MANY, "There are " + most + " " + what + " already, which is the most there can be.");
    }
}
