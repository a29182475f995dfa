package presence.model;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.OfferMode;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;

/**
 * Commands drawn by chance from a small world, so that they meet each other often: a dozen agents, a few queues, profiles
 * that are edited, deleted and made again. The same seed draws the same commands.
 */
public final class RandomCommands {
    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Helsinki", "Australia/Lord_Howe", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu");
    private static final Integer[] ROUNDINGS = {null, null, 1, 5, 10, 15, 30, 60};

    private final Random random;
    private final int agents;

    public RandomCommands(Random random) {
        this(random, 9);
    }

    public RandomCommands(Random random, int agents) {
        this.random = random;
        this.agents = agents;
    }

    /** A world to begin with. */
    public List<Command> beginnings() {
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.PutPolicy(new PolicyChange(
                Map.of(),
                Map.of(Capability.PHONE, Duration.ofSeconds(30), Capability.CHAT, Duration.ofSeconds(20)),
                Map.of(),
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                PolicyChange.NOTHING_STALE.staleAfter(),
                null)));
        for (int queue = 0; queue < 4; queue++) {
            commands.add(new Command.PutQueue(new QueueDefinition("q" + queue, "Queue " + queue, queue % 2 == 0)));
        }
        commands.add(new Command.PutQueueGroup(new QueueGroupDefinition("g0", "Group", List.of("q0", "q1"))));
        commands.add(new Command.PutQueueGroup(new QueueGroupDefinition("g1", "Group", List.of("q2"))));
        for (int profile = 0; profile < 7; profile++) {
            commands.add(new Command.PutProfile(profile(profile)));
        }
        for (int agent = 0; agent < agents; agent++) {
            commands.add(new Command.PutAgent(new AgentDefinition(
                    "a" + agent,
                    "Agent " + agent,
                    zone(),
                    queues(),
                    agent % 3 == 0 ? capabilities() : EnumSet.allOf(Capability.class))));
        }
        for (int agent = 0; agent < agents; agent++) {
            if (agent % 4 != 3) {
                commands.add(new Command.SignIn("a" + agent));
                commands.add(new Command.Ready("a" + agent, null));
            }
        }
        return commands;
    }

    /** The next one, as a sender would hand it in; the version is one that an agent may have. */
    public Envelope next(java.util.function.ToLongFunction<String> versionOf) {
        Command command = command();
        String id = random.nextInt(8) == 0 ? "id-" + random.nextInt(400) : null;
        Long version = random.nextInt(12) == 0 && command instanceof Command.AboutAgent about
                ? (Long) Math.max(0, versionOf.applyAsLong(about.agent()) + random.nextInt(3) - 1)
                : null;
        return new Envelope(command, id, version);
    }

    public Command command() {
        int dice = random.nextInt(100);
        String agent = agent();
        if (dice < 7) {
            return new Command.SignIn(agent);
        } else if (dice < 10) {
            return new Command.SignOut(agent);
        } else if (dice < 18) {
            return new Command.Ready(agent, null);
        } else if (dice < 22) {
            return new Command.NotReady(agent, random.nextBoolean() ? null : pick("admin", "break"));
        } else if (dice < 34) {
            return new Command.SelectProfile(agent, profileId(), random.nextInt(4) == 0 ? duration() : null);
        } else if (dice < 37) {
            return new Command.JoinQueue(agent, queue());
        } else if (dice < 39) {
            return new Command.LeaveQueue(agent, queue());
        } else if (dice < 41) {
            return new Command.AddCapability(agent, pick(Capability.values()));
        } else if (dice < 43) {
            return new Command.RemoveCapability(agent, pick(Capability.values()));
        } else if (dice < 45) {
            return new Command.Connect(agent);
        } else if (dice < 48) {
            return new Command.Disconnect(agent);
        } else if (dice < 65) {
            Channel channel = pick(Channel.values());
            return new Command.StartConversation(
                    conversation(),
                    agent,
                    channel,
                    random.nextInt(3) == 0 ? queue() : null,
                    channel == Channel.CHAT && random.nextInt(4) == 0);
        } else if (dice < 74) {
            return new Command.EndConversation(conversation());
        } else if (dice < 82) {
            return new Command.HandleConversation(conversation());
        } else if (dice < 84) {
            return new Command.PutAgent(new AgentDefinition(
                    agent,
                    pick("Ada", "Bo"),
                    zone(),
                    maybe(this::queues),
                    random.nextBoolean() ? null : capabilities(),
                    random.nextBoolean() ? null : Set.of(pick("trainer", "team-lead"))));
        } else if (dice < 85) {
            return new Command.DeleteAgent(agent);
        } else if (dice < 88) {
            return new Command.PutPolicy(policy());
        } else if (dice < 92) {
            return new Command.PutProfile(profile(random.nextInt(8)));
        } else if (dice < 94) {
            return new Command.DeleteProfile(profileId());
        } else if (dice < 96) {
            return new Command.PutQueue(new QueueDefinition("q" + random.nextInt(5), "Queue", random.nextBoolean()));
        } else if (dice < 97) {
            return new Command.DeleteQueue(queue());
        } else if (dice < 99) {
            return new Command.PutQueueGroup(new QueueGroupDefinition("g" + random.nextInt(3), "Group", queues()));
        }
        return new Command.DeleteQueueGroup("g" + random.nextInt(3));
    }

    /** A command of any kind, also of those that the plain model does not know. */
    public Command anyCommand() {
        String offer = "offer-" + (1 + random.nextInt(40));
        return switch (random.nextInt(14)) {
            case 0 -> new Command.Heartbeat(agent());
            case 1 -> new Command.TransferConversation(conversation(), agent(), random.nextInt(4) == 0);
            case 2, 3, 4 -> {
                String agent = random.nextInt(3) == 0 ? agent() : null;
                String queue = agent == null || random.nextBoolean() ? queue() : null;
                yield new Command.MakeOffer(
                        conversation(),
                        pick(Channel.values()),
                        queue,
                        agent,
                        queue != null && random.nextBoolean() ? OfferMode.PREFERRED : OfferMode.REQUIRED,
                        random.nextBoolean() ? duration() : null,
                        random.nextInt(4) == 0 ? List.of(agent()) : List.of());
            }
            case 5 -> new Command.AcceptOffer(offer, random.nextBoolean() ? agent() : null);
            case 6 -> new Command.RejectOffer(offer, random.nextBoolean() ? agent() : null);
            case 7 -> new Command.WithdrawOffer(offer);
            default -> command();
        };
    }

    private String agent() {
        return "a" + random.nextInt(agents + 1);
    }

    private String queue() {
        return "q" + random.nextInt(6);
    }

    private String conversation() {
        return "c" + random.nextInt(14);
    }

    private String profileId() {
        int number = random.nextInt(10);
        return number == 9 ? "available" : "p" + number;
    }

    private ZoneId zone() {
        return ZoneId.of(pick(ZONES.toArray(String[]::new)));
    }

    private Duration duration() {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofMillis(1 + random.nextInt(2000));
            case 1 -> Duration.ofSeconds(1 + random.nextInt(600));
            case 2 -> Duration.ofMinutes(1 + random.nextInt(120));
            default -> Duration.ofMinutes(5);
        };
    }

    private ProfileDefinition profile(int number) {
        ProfileType type = number == 7 ? pick(ProfileType.values()) : ProfileType.values()[number % 4];
        boolean timed = number != 0 && random.nextInt(3) > 0;
        return new ProfileDefinition(
                "p" + number,
                "Profile " + number,
                type,
                null,
                null,
                number,
                timed ? duration() : null,
                pick(ROUNDINGS),
                random.nextInt(4) == 0 ? "g" + random.nextInt(3) : null,
                pick(OnReturn.values()),
                random.nextInt(4) == 0 ? (Boolean) random.nextBoolean() : null,
                random.nextInt(6) == 0 ? (Boolean) random.nextBoolean() : null);
    }

    private PolicyChange policy() {
        Map<Capability, Integer> capacity = new EnumMap<>(Capability.class);
        Map<Capability, Duration> wrapUp = new EnumMap<>(Capability.class);
        Map<Capability, Duration> limit = new EnumMap<>(Capability.class);
        capacity.put(pick(Capability.values()), random.nextInt(4));
        if (random.nextBoolean()) {
            wrapUp.put(
                    pick(Capability.values()),
                    random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(90)));
        }
        if (random.nextInt(4) == 0) {
            limit.put(pick(Capability.values()), Duration.ofMinutes(random.nextInt(9)));
        }
        return new PolicyChange(
                capacity,
                wrapUp,
                limit,
                random.nextInt(3) > 0 ? null : Duration.ofSeconds(random.nextInt(3) * 30L),
                random.nextInt(3) > 0 ? null : items(),
                random.nextInt(3) > 0 ? null : (Boolean) random.nextBoolean());
    }

    private Set<Channel> items() {
        Set<Channel> items = EnumSet.of(Channel.EMAIL, Channel.TASK, Channel.ACTION_ITEM);
        items.removeIf(channel -> random.nextInt(4) == 0);
        return items;
    }

    private List<String> queues() {
        List<String> queues = new ArrayList<>();
        for (int queue = 0; queue < 4; queue++) {
            if (random.nextInt(2) == 0) {
                queues.add("q" + queue);
            }
        }
        return queues;
    }

    private Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.allOf(Capability.class);
        capabilities.removeIf(capability -> random.nextInt(4) == 0);
        return capabilities;
    }

    private <T> T maybe(Supplier<T> supplier) {
        return random.nextBoolean() ? null : supplier.get();
    }

    @SafeVarargs
    private <T> T pick(T... things) {
        return things[random.nextInt(things.length)];
    }
}
