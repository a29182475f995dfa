package presence.door;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import presence.api.Ids;

/**
 * Somebody who was let in.
 *
 * @param id what tells one from another: the key's id, or the token's subject. It may be logged
 * @param name who it is: the key's name, or the token's subject
 * @param roles what it may do
 * @param agent the agent it is, for {@link Role#AGENT}; null for none
 * @param untilEpochMilli until when it is let in with what it has shown; null for as long as that is not taken back
 */
public record Principal(
        String id,
        String name,
        Set<Role> roles,
        @Nullable String agent,
        @Nullable Long untilEpochMilli) {
    /** Everybody, where the doors have no locks. */
    public static final Principal ANYBODY = new Principal("anybody", "anybody", EnumSet.allOf(Role.class), null, null);

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** The same one, let in until then at the latest. */
    Principal atMostUntil(long epochMilli) {
        return untilEpochMilli != null && untilEpochMilli <= epochMilli
                ? this
                : new Principal(id, name, roles, agent, epochMilli);
    }

    boolean hasOneOf(Set<Role> wanted) {
        for (Role role : roles) {
            if (wanted.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** The roles in the order of their definition, as people read them. */
    public String rolesText() {
        return roles.stream().sorted().map(Role::name).collect(Collectors.joining(" "));
    }

    /**
     * As whom this principal's commands are noted, whatever they say themselves; null where they may say it. A system that
     * acts for many people says for whom; a person is who it is.
     */
    public @Nullable String signature() {
        if (roles.contains(Role.ROUTING) || roles.contains(Role.ADMIN)) {
            return null;
        }
        return agent != null && !roles.contains(Role.SUPERVISOR) ? agent : nameAsId();
    }

    /** As whom commands are noted that do not say; null for nobody: a system is nobody in particular. */
    public @Nullable String usualSignature() {
        return roles.contains(Role.ADMIN) && !roles.contains(Role.ROUTING) ? nameAsId() : null;
    }

    /** The name with every character that no id has written as a colon and its number. */
    private String nameAsId() {
        if (Ids.isId(name)) {
            return name;
        }
        StringBuilder id = new StringBuilder();
        name.codePoints().limit(32).forEach(point -> {
            String one = Character.toString(point);
            id.append(Ids.isId(one) ? one : ":" + Integer.toHexString(point));
        });
        return id.isEmpty() ? "unnamed" : id.substring(0, Math.min(id.length(), 128));
    }
}
