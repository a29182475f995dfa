package presence.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.ProfileType;

/** Agents for tests: signed in, connected, ready, available, able to take everything and idle, unless said otherwise. */
final class Agents {
    static final List<Capacity> POLICY = policy(false);

    private boolean signedIn = true;
    private boolean connected = true;
    private boolean connectionLost;
    private boolean ready = true;
    private @Nullable ProfileType profileType = ProfileType.AVAILABLE;
    private int wrapUp;
    private int offers;
    private int[] loads = new int[Capability.values().length];
    private Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    private Set<String> queues = Set.of();

    static Agents agent() {
        return new Agents();
    }

    static List<Capacity> policy(boolean transferMayExceed) {
        return List.of(
                new Capacity(Capability.PHONE, 1, transferMayExceed),
                new Capacity(Capability.VIDEO, 1, transferMayExceed),
                new Capacity(Capability.CHAT, 4, transferMayExceed),
                new Capacity(Capability.ITEMS, 1, transferMayExceed));
    }

    Agents signedIn(boolean yes) {
        signedIn = yes;
        return this;
    }

    Agents connected(boolean yes) {
        connected = yes;
        return this;
    }

    Agents connectionLost(boolean yes) {
        connectionLost = yes;
        return this;
    }

    Agents ready(boolean yes) {
        ready = yes;
        return this;
    }

    Agents on(@Nullable ProfileType type) {
        profileType = type;
        return this;
    }

    Agents capabilities(Set<Capability> able) {
        capabilities = able;
        return this;
    }

    Agents joined(String... joined) {
        queues = Set.of(joined);
        return this;
    }

    /** Conversations of each capability, of which some are in wrap-up and some only offered. */
    Agents conversations(int inWrapUp, int offered, int phone, int video, int chat, int items) {
        wrapUp = inWrapUp;
        offers = offered;
        loads = new int[] {phone, video, chat, items};
        return this;
    }

    Agent build() {
        int load = loads[0] + loads[1] + loads[2] + loads[3];
        EnumSet<Capability> able = EnumSet.noneOf(Capability.class);
        able.addAll(capabilities);
        return new Agent(
                "anna",
                signedIn,
                connected,
                connectionLost,
                ready,
                profileType == null ? null : "profile",
                profileType,
                load - offers,
                wrapUp,
                load,
                loads[0],
                loads[1],
                loads[2],
                loads[3],
                false,
                able,
                EnumSet.complementOf(able),
                queues,
                Set.of());
    }
}
