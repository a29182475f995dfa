package presence.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.ProfileType;

/** Agents as rules read them, in a mixture such as a working day has, and changes of them. */
final class AgentFacts {
    private static final ProfileType[] TYPES = ProfileType.values();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final Set<Capability>[] SETS = IntStream.range(0, 1 << Capability.values().length)
            .mapToObj(AgentFacts::set)
            .toArray(Set[]::new);

    private AgentFacts() {}

    static Agent[] mixed(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Agent[] agents = new Agent[count];
        for (int i = 0; i < count; i++) {
            boolean signedIn = random.nextInt(100) < 85;
            int phone = signedIn && random.nextInt(100) < 20 ? 1 : 0;
            int chat = signedIn && phone == 0 && random.nextInt(100) < 30 ? 1 + random.nextInt(4) : 0;
            int work = phone + chat;
            int capabilities = random.nextInt(100) < 70 ? SETS.length - 1 : random.nextInt(SETS.length);
            int type = random.nextInt(100);
            agents[i] = new Agent(
                    "agent-" + i,
                    signedIn,
                    !signedIn || random.nextInt(100) < 99,
                    !signedIn && random.nextInt(100) < 5,
                    signedIn && random.nextInt(100) < 75,
                    "available",
                    type < 70 ? ProfileType.AVAILABLE : TYPES[random.nextInt(TYPES.length)],
                    work,
                    work == 0 ? 0 : random.nextInt(work + 1),
                    work,
                    phone,
                    0,
                    chat,
                    0,
                    false,
                    SETS[capabilities],
                    SETS[SETS.length - 1 - capabilities],
                    Set.of("support", "sales"),
                    Set.of());
        }
        return agents;
    }

    /** The agent after a change: mostly the toggle or a chat more or less, as in a working day. */
    static Agent changed(Agent agent, int change) {
        boolean ready = agent.ready();
        ProfileType type = agent.profileType();
        int chat = agent.chat();
        if (change < 4) {
            ready = !ready;
        } else if (change < 8) {
            chat = chat == 0 ? 1 : chat - 1;
        } else {
            type = type == ProfileType.AVAILABLE ? ProfileType.AWAY : ProfileType.AVAILABLE;
        }
        int work = agent.phone() + chat;
        return new Agent(
                agent.id(),
                agent.signedIn(),
                agent.connected(),
                agent.connectionLost(),
                ready,
                agent.profile(),
                type,
                work,
                Math.min(agent.wrapUp(), work),
                work,
                agent.phone(),
                agent.video(),
                chat,
                agent.items(),
                agent.rejectDelay(),
                agent.capabilities(),
                agent.incapable(),
                agent.queues(),
                agent.labels());
    }

    private static Set<Capability> set(int bits) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((bits & (1 << capability.ordinal())) != 0) {
                set.add(capability);
            }
        }
        return Collections.unmodifiableSet(set);
    }
}
