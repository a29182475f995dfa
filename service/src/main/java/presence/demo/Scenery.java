package presence.demo;

import static presence.facts.Capability.CHAT;
import static presence.facts.Capability.ITEMS;
import static presence.facts.Capability.PHONE;
import static presence.facts.Capability.VIDEO;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.PolicyChange;
import presence.command.ProfileDefinition;
import presence.command.QueueDefinition;
import presence.command.QueueGroupDefinition;
import presence.facts.Capability;
import presence.facts.OnReturn;
import presence.facts.ProfileType;

/**
 * The contact centre of the demo as its administrators have set it up. Immutable.
 *
 * @param zone where it is
 * @param teams the teams, each with the queues of its queue group
 * @param agents the agents
 */
record Scenery(ZoneId zone, List<Team> teams, List<Member> agents) {
    static final String AVAILABLE = "available";
    static final String LUNCH = "lunch";
    static final String BREAK = "break";
    static final String ERRAND = "errand";
    static final String MEETING = "meeting";
    static final String BACK_OFFICE = "back-office";
    static final String TRAINING = "training";

    private static final List<Team> TEAMS = List.of(
            new Team("support", "Support", 0.45, List.of("support", "technical", "premium", "returns")),
            new Team("sales", "Sales", 0.30, List.of("sales", "quotes", "upgrades", "webshop")),
            new Team("service", "Customer service", 0.25, List.of("general", "billing", "deliveries", "complaints")));

    /** Where nobody else is left, these ask those on a Tentative profile. */
    private static final Set<String> OVERFLOWING = Set.of("premium", "complaints", "technical");

    private static final Map<String, String> QUEUE_NAMES = Map.ofEntries(
            Map.entry("support", "Support"),
            Map.entry("technical", "Technical support"),
            Map.entry("premium", "Premium customers"),
            Map.entry("returns", "Returns and repairs"),
            Map.entry("sales", "Sales"),
            Map.entry("quotes", "Quotes"),
            Map.entry("upgrades", "Upgrades"),
            Map.entry("webshop", "Web shop"),
            Map.entry("general", "General questions"),
            Map.entry("billing", "Billing"),
            Map.entry("deliveries", "Deliveries"),
            Map.entry("complaints", "Complaints"));

    private static final List<String> FIRST_NAMES = List.of(
            "Aino", "Ben", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kaisa", "Liam",
            "Maya", "Nils", "Olga", "Paulo", "Quentin", "Rosa", "Sami", "Tuuli", "Uma", "Viktor", "Wanda", "Ximena",
            "Yusuf", "Zoe");
    private static final List<String> LAST_NAMES = List.of(
            "Aalto",
            "Berg",
            "Costa",
            "Dahl",
            "Eriksen",
            "Fischer",
            "García",
            "Hansen",
            "Ivanova",
            "Jansen",
            "Koski",
            "Lindgren",
            "Moreau",
            "Novak",
            "Okafor",
            "Patel",
            "Quist",
            "Rossi",
            "Silva",
            "Tanaka",
            "Usman",
            "Virtanen",
            "Weber",
            "Yilmaz",
            "Zielinski");

    /** From when to when agents work, in minutes of the day, and how many of a hundred do. */
    private static final int[][] SHIFTS = {
        {7 * 60, 15 * 60, 18},
        {8 * 60, 16 * 60, 20},
        {9 * 60, 17 * 60, 17},
        {11 * 60, 19 * 60, 11},
        {13 * 60, 21 * 60, 14},
        {15 * 60 + 45, 23 * 60 + 45, 20}
    };

    /**
     * A part of the contact centre.
     *
     * @param id the id of its queue group, and of the profile that brings its queues
     * @param name what people call it
     * @param share which part of the agents belongs to it
     * @param queues the ids of its queues
     */
    record Team(String id, String name, double share, List<String> queues) {}

    /**
     * Somebody who works there.
     *
     * @param definition the agent
     * @param team the agent's team
     * @param shiftStart when work begins, in minutes of the day
     * @param shiftEnd when it ends, in minutes of the same day
     */
    record Member(AgentDefinition definition, Team team, int shiftStart, int shiftEnd) {
        String id() {
            return definition.id();
        }
    }

    /** A contact centre with so many agents. */
    static Scenery of(int agents, ZoneId zone, Chance chance) {
        List<Member> members = new ArrayList<>(agents);
        for (int i = 0; i < agents; i++) {
            Team team = teamOf((i + 0.5) / agents);
            int[] shift = SHIFTS[
                    chance.weighted(java.util.Arrays.stream(SHIFTS)
                            .mapToDouble(s -> s[2])
                            .toArray())];
            members.add(new Member(agent(i, team, zone, chance), team, shift[0], shift[1]));
        }
        return new Scenery(zone, TEAMS, List.copyOf(members));
    }

    private static Team teamOf(double place) {
        double sum = 0;
        for (Team team : TEAMS) {
            sum += team.share;
            if (place < sum) {
                return team;
            }
        }
        return TEAMS.get(TEAMS.size() - 1);
    }

    private static AgentDefinition agent(int number, Team team, ZoneId zone, Chance chance) {
        Set<String> queues = new TreeSet<>();
        while (queues.size() < 2 + number % 3) {
            queues.add(chance.oneOf(team.queues));
        }
        if (chance.happens(0.2)) {
            queues.add(chance.oneOf(chance.oneOf(TEAMS).queues));
        }
        Set<Capability> capabilities = EnumSet.of(ITEMS);
        if (chance.happens(0.88)) {
            capabilities.add(PHONE);
        }
        if (chance.happens(0.65) || !capabilities.contains(PHONE)) {
            capabilities.add(CHAT);
        }
        if (chance.happens(0.25)) {
            capabilities.add(VIDEO);
        }
        return new AgentDefinition(
                String.format("a%03d", number + 1),
                chance.oneOf(FIRST_NAMES) + " " + chance.oneOf(LAST_NAMES),
                zone,
                List.copyOf(queues),
                capabilities);
    }

    /** One whose shift has begun and is not over for long; anybody if there is none. */
    Member atWork(Instant now) {
        int minute = now.atZone(zone).get(ChronoField.MINUTE_OF_DAY);
        return agents.stream()
                .filter(member -> member.shiftStart + 30 < minute && minute + 60 < member.shiftEnd)
                .findFirst()
                .orElse(agents.get(0));
    }

    /** Every queue's id. */
    List<String> queues() {
        return teams.stream().flatMap(team -> team.queues.stream()).toList();
    }

    /** Everything that an administrator has to put. */
    List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        commands.add(new Command.PutPolicy(new PolicyChange(
                Map.of(PHONE, 1, VIDEO, 1, CHAT, 3, ITEMS, 1),
                Map.of(PHONE, Duration.ofSeconds(30), VIDEO, Duration.ofSeconds(30), CHAT, Duration.ofSeconds(15)),
                Map.of(
                        PHONE, Duration.ofMinutes(8),
                        VIDEO, Duration.ofMinutes(15),
                        CHAT, Duration.ofMinutes(20),
                        ITEMS, Duration.ofMinutes(30)),
                Duration.ofSeconds(60),
                null,
                null)));
        for (Team team : teams) {
            for (String queue : team.queues) {
                commands.add(new Command.PutQueue(new QueueDefinition(
                        queue, QUEUE_NAMES.getOrDefault(queue, queue), OVERFLOWING.contains(queue))));
            }
            commands.add(new Command.PutQueueGroup(new QueueGroupDefinition(team.id, team.name, team.queues)));
        }
        profiles().forEach(profile -> commands.add(new Command.PutProfile(profile)));
        agents.forEach(member -> commands.add(new Command.PutAgent(member.definition)));
        return commands;
    }

    private List<ProfileDefinition> profiles() {
        List<ProfileDefinition> profiles = new ArrayList<>();
        profiles.add(profile(AVAILABLE, "Available", ProfileType.AVAILABLE, "#2e7d32", "check", 0, null, null));
        int order = 1;
        for (Team team : teams) {
            profiles.add(
                    profile(team.id, team.name, ProfileType.AVAILABLE, "#00695c", "headset", order++, null, team.id));
        }
        profiles.add(
                profile(LUNCH, "Lunch", ProfileType.AWAY, "#c62828", "utensils", 10, Duration.ofMinutes(30), null));
        profiles.add(profile(BREAK, "Break", ProfileType.AWAY, "#ef6c00", "coffee", 11, Duration.ofMinutes(15), null));
        profiles.add(new ProfileDefinition(
                ERRAND,
                "Errand",
                ProfileType.AWAY,
                "#ad1457",
                "walk",
                12,
                Duration.ofHours(2),
                10,
                null,
                OnReturn.KEEP,
                null,
                null));
        profiles.add(profile(MEETING, "Meeting", ProfileType.CONFERENCE, "#6a1b9a", "users", 20, null, null));
        profiles.add(profile(BACK_OFFICE, "Back office", ProfileType.TENTATIVE, "#f9a825", "folder", 30, null, null));
        profiles.add(new ProfileDefinition(
                TRAINING,
                "Training",
                ProfileType.TENTATIVE,
                "#1565c0",
                "book",
                31,
                Duration.ofMinutes(45),
                null,
                null,
                OnReturn.NOT_READY,
                null,
                null));
        return profiles;
    }

    private static ProfileDefinition profile(
            String id,
            String name,
            ProfileType type,
            String colour,
            String icon,
            int order,
            @Nullable Duration duration,
            @Nullable String queueGroup) {
        boolean isDefault = id.equals(AVAILABLE);
        return new ProfileDefinition(
                id,
                name,
                type,
                colour,
                icon,
                order,
                duration,
                null,
                queueGroup,
                OnReturn.KEEP,
                null,
                isDefault ? true : null);
    }

    /** Whether an agent on this profile takes conversations of queues. */
    boolean takesWork(@Nullable String profile) {
        return AVAILABLE.equals(profile) || teams.stream().anyMatch(team -> team.id.equals(profile));
    }
}
