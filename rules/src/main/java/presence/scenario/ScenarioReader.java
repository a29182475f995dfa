package presence.scenario;

import static presence.scenario.FactReader.NOTHING;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import presence.engine.Due;
import presence.engine.Place;
import presence.engine.Rule;
import presence.engine.RuleFault;
import presence.engine.RuleFile;
import presence.engine.RuleLimits;
import presence.engine.Suggestion;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.Channel;
import presence.facts.Deadline;
import presence.facts.GraceEnd;
import presence.facts.MissedOffers;
import presence.facts.OfferEnd;
import presence.facts.OfferMissed;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;
import presence.facts.ProfileSelected;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.QueueStaffing;
import presence.facts.Reason;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;
import presence.facts.StaleEnd;
import presence.facts.Status;
import presence.facts.TransferAsked;
import presence.facts.WrapUpEnd;

/**
 * Reads files of scenarios. Strict: what it does not know is a fault, with its line. A scenario with a fault is left out;
 * the others are read.
 */
final class ScenarioReader {
    private static final int MOST_CONVERSATIONS = 1_000;
    private static final int MOST_CAPACITY = 1_000;

    /** Where the deadline of a case lies does not matter: 2026-01-05T12:00Z. */
    private static final long DEADLINE = 1_767_614_400_000L;

    private static final long MOST_OFFSET = 30L * 24 * 3_600_000;

    private static final String SCENARIO = "scenario";
    private static final String AGENT = "agent";
    private static final String POLICY = "policy";
    private static final String QUEUE_ASKED = "queueAsked";
    private static final String TRANSFER_ASKED = "transferAsked";
    private static final String QUEUE_STAFFING = "queueStaffing";
    private static final String PROFILE_SELECTED = "profileSelected";
    private static final String PROFILE_END = "profileEnd";
    private static final String GRACE_END = "graceEnd";
    private static final String WRAP_UP_END = "wrapUpEnd";
    private static final String OFFER_MISSED = "offerMissed";
    private static final String OFFER_END = "offerEnd";
    private static final String REJECT_DELAY_END = "rejectDelayEnd";
    private static final String STALE_END = "staleEnd";
    private static final String SILENCE_END = "silenceEnd";
    private static final String AT = "at";
    private static final String EXPECT = "expect";
    private static final String FIRED = "fired";
    private static final String NEAR_MISS = "nearMiss";

    private static final List<String> DEADLINES =
            List.of(PROFILE_END, GRACE_END, WRAP_UP_END, OFFER_END, REJECT_DELAY_END, STALE_END, SILENCE_END);

    private static final List<String> SUBJECTS = Stream.concat(
                    Stream.of(AGENT, QUEUE_STAFFING, PROFILE_SELECTED, OFFER_MISSED), DEADLINES.stream())
            .toList();

    static final List<String> FIELDS = List.of(
            SCENARIO,
            AGENT,
            POLICY,
            QUEUE_ASKED,
            TRANSFER_ASKED,
            QUEUE_STAFFING,
            PROFILE_SELECTED,
            PROFILE_END,
            GRACE_END,
            WRAP_UP_END,
            OFFER_MISSED,
            OFFER_END,
            REJECT_DELAY_END,
            STALE_END,
            SILENCE_END,
            AT,
            EXPECT,
            FIRED,
            NEAR_MISS);

    static final List<String> AGENT_FIELDS = List.of(
            "id",
            "signedIn",
            "connected",
            "connectionLost",
            "ready",
            "profile",
            "profileType",
            "offered",
            "active",
            "wrapUp",
            "rejectDelay",
            "capabilities",
            "queues",
            "labels");

    private static final Pattern OFFSET = Pattern.compile("([+-]) ?([0-9]{1,9}) ?(ms|s|min|h)");
    private static final Map<String, Long> UNITS = Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L);

    private final RuleFile file;
    private final List<Rule> rules;
    private final boolean rulesKnown;

    private ScenarioReader(RuleFile file, @Nullable List<Rule> rules) {
        this.file = file;
        this.rules = rules == null ? List.of() : rules;
        this.rulesKnown = rules != null;
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param rules all rules there are; null if they are not known, since they do not compile
     * @param faults where faults are noted
     */
    static List<Scenario> read(RuleFile file, @Nullable List<Rule> rules, List<RuleFault> faults) {
        return new ScenarioReader(file, rules).read(faults);
    }

    private List<Scenario> read(List<RuleFault> faults) {
        List<Scenario> scenarios = new ArrayList<>();
        try {
            String expected = "a list of scenarios: - scenario: …";
            Optional<Node> root = compose();
            if (root.isEmpty()) {
                throw new UnreadableException(Place.UNKNOWN, "The file is empty; expected " + expected);
            }
            Map<String, Integer> lineByName = new HashMap<>();
            for (Value item : new Value("the file", root.get()).items(expected)) {
                try {
                    Scenario scenario = scenario(item);
                    Integer first = lineByName.putIfAbsent(scenario.name(), scenario.line());
                    if (first != null) {
                        throw item.unreadable("The scenario of line " + first + " has the same name, \""
                                + scenario.name() + "\"; say what is special about this one.");
                    }
                    scenarios.add(scenario);
                } catch (UnreadableException e) {
                    faults.add(e.in(file.path()));
                    if (faults.size() >= RuleLimits.FAULTS) {
                        throw item.unreadable("There are more faults than these; mend them, and the rest is told.");
                    }
                }
            }
        } catch (UnreadableException e) {
            faults.add(e.in(file.path()));
        }
        return scenarios;
    }

    private Optional<Node> compose() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.path())
                .setCodePointLimit(RuleLimits.FILE_BYTES)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            return new Compose(settings).composeString(file.text());
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            String problem = e.getProblem() == null ? "" : ": " + e.getProblem();
            throw new UnreadableException(
                    mark.map(found -> new Place(found.getLine() + 1, found.getColumn() + 1, 0, 0))
                            .orElse(Place.UNKNOWN),
                    "This is not well-formed YAML" + problem
                            + ". Look at the indentation, at brackets that are not closed, and for a colon or"
                            + " # in a text that needs quotes.");
        } catch (YamlEngineException | StackOverflowError e) {
            throw new UnreadableException(Place.UNKNOWN, "This is not well-formed YAML: " + e.getMessage());
        }
    }

    // --- a scenario

    private Scenario scenario(Value item) {
        if (!item.hasFields()) {
            throw item.unreadable("Expected a scenario: - scenario: What it shows, in a sentence");
        }
        Map<String, Value> given = new Value("a scenario", item.node()).fields(FIELDS);
        Value name = required(given, SCENARIO, item, "say what it shows, in a sentence.");
        if (name.text().length() > RuleLimits.NAME || !name.text().contains(" ")) {
            throw name.unreadable("The scenario is called '" + name.text() + "'; expected a sentence of up to "
                    + RuleLimits.NAME + " characters.");
        }
        Subject subject = subject(item, given);
        List<Expectation> expectations = expectations(given.get(EXPECT), subject.kind());
        Set<String> fired = ids(required(
                given,
                FIRED,
                item,
                "name the rules of " + Scenario.rulesFile(file.path()) + " that fire, or fired: none."));
        Value near = given.get(NEAR_MISS);
        Set<String> nearMisses = near == null ? Set.of() : ids(near);
        for (String id : nearMisses) {
            if (fired.contains(id)) {
                throw item.unreadable(id + " stands under both fired and nearMiss; it can do only one of them.");
            }
        }
        return new Scenario(file.path(), item.place(), name.text(), subject, expectations, fired, nearMisses);
    }

    private static Value required(Map<String, Value> given, String field, Value item, String otherwise) {
        Value value = given.get(field);
        if (value == null) {
            throw item.unreadable("The scenario has no '" + field + "': " + otherwise);
        }
        return value;
    }

    private Set<String> ids(Value value) {
        Set<String> ids = new LinkedHashSet<>();
        String rulesFile = Scenario.rulesFile(file.path());
        List<String> here = rules.stream()
                .filter(rule -> rule.file().equals(rulesFile))
                .map(Rule::id)
                .toList();
        for (Value word : value.words()) {
            String id = word.text();
            if (rulesKnown && !here.contains(id)) {
                throw word.unreadable(rules.stream()
                        .filter(rule -> rule.id().equals(id))
                        .findFirst()
                        .map(rule -> id + " is a rule of " + rule.file() + "; its scenarios belong into "
                                + Scenario.scenariosFile(rule.file()) + ".")
                        .orElse("There is no rule '" + id + "' in " + rulesFile + "." + Suggestion.maybe(id, here)));
            }
            if (!ids.add(id)) {
                throw word.unreadable(id + " is named twice; leave one out.");
            }
        }
        return ids;
    }

    // --- the case

    private static Subject subject(Value item, Map<String, Value> given) {
        List<String> subjects = SUBJECTS.stream().filter(given::containsKey).toList();
        if (subjects.size() > 1) {
            throw item.unreadable("The scenario is about " + String.join(" and ", subjects)
                    + "; a case is about one of them only. Write a scenario for each.");
        }
        String about = subjects.isEmpty() ? AGENT : subjects.get(0);
        if (!about.equals(AGENT)) {
            refuse(given, about, QUEUE_ASKED, TRANSFER_ASKED);
        }
        if (!about.equals(AGENT) && !about.equals(OFFER_MISSED)) {
            refuse(given, about, POLICY);
        }
        if (!DEADLINES.contains(about)) {
            refuse(given, about, AT);
        }
        Value value = given.get(about);
        if (value == null) {
            return ofAgent(Map.of(), given);
        }
        return switch (about) {
            case AGENT -> ofAgent(value.fields(AGENT_FIELDS), given);
            case QUEUE_STAFFING -> new Subject.OfStaffing(staffing(value));
            case PROFILE_SELECTED -> new Subject.OfSelection(selection(value));
            case OFFER_MISSED -> new Subject.OfMiss(missed(value), policy(given.get(POLICY)));
            default -> new Subject.OfDeadline(deadline(about, value), offset(item, given.get(AT)));
        };
    }

    private static void refuse(Map<String, Value> given, String about, String... fields) {
        for (String field : fields) {
            Value value = given.get(field);
            if (value != null) {
                throw value.unreadable(
                        "'" + field + "' has no meaning for a scenario about " + about + "; leave it out.");
            }
        }
    }

    private static Subject ofAgent(Map<String, Value> fields, Map<String, Value> given) {
        Value queueAsked = given.get(QUEUE_ASKED);
        Value transferAsked = given.get(TRANSFER_ASKED);
        if (queueAsked != null && transferAsked != null) {
            throw transferAsked.unreadable("A case asks about a queue or about a transfer; leave one out.");
        }
        return new Subject.OfAgent(
                agent(fields),
                policy(given.get(POLICY)),
                queueAsked == null ? null : FactReader.read(QueueAsked.class, queueAsked, Map.of("queue", "support")),
                transferAsked == null
                        ? null
                        : FactReader.read(TransferAsked.class, transferAsked, Map.of("currentAgent", "ben")));
    }

    private static Agent agent(Map<String, Value> given) {
        boolean connectionLost = yesNo(given, "connectionLost", false);
        boolean signedIn = yesNo(given, "signedIn", !connectionLost);
        boolean connected = yesNo(given, "connected", true);
        boolean ready = yesNo(given, "ready", signedIn);
        Map<Capability, Integer> offered = counts(given.get("offered"));
        Map<Capability, Integer> active = counts(given.get("active"));
        Map<Capability, Integer> wrapUp = counts(given.get("wrapUp"));
        int[] loads = new int[Capability.values().length];
        for (Map<Capability, Integer> counts : List.of(offered, active, wrapUp)) {
            counts.forEach((capability, count) -> loads[capability.ordinal()] += count);
        }
        int load = Arrays.stream(loads).sum();
        @Nullable ProfileType type = profileType(given.get("profileType"));
        Value profile = given.get("profile");
        Value id = given.get("id");
        Set<Capability> capabilities = capabilities(given.get("capabilities"));
        int working = sum(wrapUp);
        return new Agent(
                id == null ? "anna" : id.text(),
                signedIn,
                connected,
                connectionLost,
                ready,
                type == null ? null : profile == null ? type.name().toLowerCase(Locale.ROOT) : profile.text(),
                type,
                sum(active) + working,
                working,
                load,
                loads[Capability.PHONE.ordinal()],
                loads[Capability.VIDEO.ordinal()],
                loads[Capability.CHAT.ordinal()],
                loads[Capability.ITEMS.ordinal()],
                yesNo(given, "rejectDelay", false),
                capabilities,
                EnumSet.complementOf(EnumSet.copyOf(withNone(capabilities))),
                texts(given.get("queues")),
                texts(given.get("labels")));
    }

    /** EnumSet cannot copy an empty set that is not its own kind. */
    private static EnumSet<Capability> withNone(Set<Capability> capabilities) {
        EnumSet<Capability> copy = EnumSet.noneOf(Capability.class);
        copy.addAll(capabilities);
        return copy;
    }

    private static boolean yesNo(Map<String, Value> given, String field, boolean otherwise) {
        Value value = given.get(field);
        return value == null ? otherwise : value.yesNo();
    }

    private static @Nullable ProfileType profileType(@Nullable Value value) {
        if (value == null) {
            return ProfileType.AVAILABLE;
        }
        return value.text().equals(Outcome.NONE) ? null : value.oneOf(ProfileType.class);
    }

    private static Set<Capability> capabilities(@Nullable Value value) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (value == null || isAll(value)) {
            capabilities.addAll(EnumSet.allOf(Capability.class));
        } else {
            for (Value word : value.words()) {
                capabilities.add(word.oneOf(Capability.class));
            }
        }
        return capabilities;
    }

    private static boolean isAll(Value value) {
        List<Value> words = value.words();
        return words.size() == 1 && words.get(0).text().equals("all");
    }

    private static Set<String> texts(@Nullable Value value) {
        Set<String> texts = new TreeSet<>();
        if (value != null) {
            value.words().forEach(word -> texts.add(word.text()));
        }
        return texts;
    }

    /** Counts by capability; a channel counts for its capability. */
    private static Map<Capability, Integer> counts(@Nullable Value value) {
        Map<Capability, Integer> counts = new EnumMap<>(Capability.class);
        if (value != null) {
            Map<String, Capability> words = new LinkedHashMap<>();
            Arrays.stream(Capability.values()).forEach(capability -> words.put(capability.name(), capability));
            Arrays.stream(Channel.values()).forEach(channel -> words.put(channel.name(), channel.capability()));
            value.fields(words.keySet())
                    .forEach((word, count) -> counts.merge(
                            words.getOrDefault(word, Capability.ITEMS),
                            count.number(MOST_CONVERSATIONS),
                            Integer::sum));
        }
        return counts;
    }

    private static int sum(Map<Capability, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Record> policy(@Nullable Value value) {
        Map<Capability, Integer> limits = new EnumMap<>(Capability.class);
        limits.put(Capability.PHONE, 1);
        limits.put(Capability.VIDEO, 1);
        limits.put(Capability.CHAT, 4);
        limits.put(Capability.ITEMS, 1);
        boolean mayExceed = false;
        int missedOffers = 1;
        if (value != null) {
            Map<String, Value> given = value.fields(List.of("capacity", "transferMayExceed", "missedOffers"));
            Value capacity = given.get("capacity");
            if (capacity != null) {
                capacity.fields(Arrays.stream(Capability.values())
                                .map(Enum::name)
                                .toList())
                        .forEach((capability, limit) ->
                                limits.put(Capability.valueOf(capability), limit.number(MOST_CAPACITY)));
            }
            mayExceed = yesNo(given, "transferMayExceed", false);
            Value missed = given.get("missedOffers");
            missedOffers = missed == null ? missedOffers : missed.number(MOST_CAPACITY);
        }
        List<Record> policy = new ArrayList<>();
        policy.add(new MissedOffers(missedOffers));
        for (Map.Entry<Capability, Integer> limit : limits.entrySet()) {
            policy.add(new Capacity(limit.getKey(), limit.getValue(), mayExceed));
        }
        return policy;
    }

    private static QueueStaffing staffing(Value value) {
        return FactReader.read(
                QueueStaffing.class,
                value,
                Map.of(
                        "queue",
                        "support",
                        "capability",
                        Capability.CHAT,
                        "overflowToTentative",
                        true,
                        "eligible",
                        0,
                        "reserve",
                        0));
    }

    private static ProfileSelected selection(Value value) {
        return FactReader.read(
                ProfileSelected.class,
                value,
                Map.of("agent", "anna", "profile", "lunch", "type", ProfileType.AWAY, "queueGroup", NOTHING));
    }

    private static OfferMissed missed(Value value) {
        return FactReader.read(OfferMissed.class, value, Map.of("agent", "anna", "inARow", 1));
    }

    private static Deadline deadline(String about, Value value) {
        FactReader.Fixed at = new FactReader.Fixed(DEADLINE);
        return switch (about) {
            case PROFILE_END ->
                FactReader.read(
                        ProfileEnd.class,
                        value,
                        Map.of(
                                "agent",
                                "anna",
                                "profile",
                                "lunch",
                                "onReturn",
                                OnReturn.KEEP,
                                "localTime",
                                "12:00",
                                "at",
                                at));
            case GRACE_END -> FactReader.read(GraceEnd.class, value, Map.of("agent", "anna", "at", at));
            case OFFER_END -> FactReader.read(OfferEnd.class, value, Map.of("offer", "offer-1", "at", at));
            case REJECT_DELAY_END -> FactReader.read(RejectDelayEnd.class, value, Map.of("agent", "anna", "at", at));
            case STALE_END -> FactReader.read(StaleEnd.class, value, Map.of("conversation", "call-1", "at", at));
            case SILENCE_END -> FactReader.read(SilenceEnd.class, value, Map.of("agent", "anna", "at", at));
            default -> FactReader.read(WrapUpEnd.class, value, Map.of("conversation", "call-1", "at", at));
        };
    }

    private static long offset(Value item, @Nullable Value value) {
        String expected = "expected the time asked about, counted from the deadline: at: 0, at: -1 ms, at: +5 min.";
        if (value == null) {
            throw item.unreadable("The scenario has no 'at': " + expected);
        }
        if (value.text().equals("0")) {
            return 0;
        }
        Matcher matcher = OFFSET.matcher(value.text());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(2)) * UNITS.getOrDefault(matcher.group(3), 1L);
            if (amount <= MOST_OFFSET) {
                return matcher.group(1).equals("-") ? -amount : amount;
            }
        }
        throw value.unreadable("'at' is '" + value.text() + "'; " + expected);
    }

    // --- what is expected

    private static List<Expectation> expectations(@Nullable Value value, Aspect.Kind kind) {
        List<Expectation> expectations = new ArrayList<>();
        if (value == null) {
            return expectations;
        }
        Map<String, Value> given = value.fields(Aspect.keys());
        for (Aspect aspect : Aspect.values()) {
            Value expected = given.get(aspect.key);
            if (expected == null) {
                continue;
            }
            if (aspect.kind != kind) {
                throw expected.unreadable("'" + aspect.key + "' is concluded about " + aspect.kind.words
                        + ", and this scenario is about " + kind.words + "; expected one of "
                        + String.join(", ", Aspect.keys(kind)) + ".");
            }
            expect(aspect, expected, expectations);
        }
        return expectations;
    }

    private static void expect(Aspect aspect, Value value, List<Expectation> expectations) {
        switch (aspect) {
            case STATUS -> add(aspect, value, value.oneOf(Status.class).name(), expectations);
            case REASONS -> add(aspect, value, Outcome.words(reasons(value)), expectations);
            case ELIGIBLE, IN_RESERVE, TRANSFER_TARGET -> {
                Set<Capability> capabilities = capabilities(value);
                add(aspect, value, Outcome.capabilities(capabilities::contains), expectations);
            }
            case EXCLUDED, TRANSFER_REFUSED -> byCapability(aspect, value, expectations);
            case RANK ->
                add(
                        aspect,
                        value,
                        value.text().equals(Outcome.NONE)
                                ? Outcome.NONE
                                : Integer.toString(value.number(Verdict.UNRANKED - 1)),
                        expectations);
            case DIRECT_CHAT, RESERVE_OPEN -> add(aspect, value, Outcome.yesNo(value.yesNo()), expectations);
            case JOINS -> add(aspect, value, value.text(), expectations);
            case NOT_READY ->
                add(
                        aspect,
                        value,
                        value.text().equals(Outcome.NONE)
                                ? Outcome.NONE
                                : value.oneOf(Reason.class).name(),
                        expectations);
            case HAPPENS -> {
                List<Due.Effect> effects = value.words().stream()
                        .map(word -> word.oneOf(Due.Effect.class))
                        .toList();
                add(aspect, value, Outcome.words(effects), expectations);
            }
        }
    }

    /** The same reasons for every capability, or reasons for each of some. */
    private static void byCapability(Aspect aspect, Value value, List<Expectation> expectations) {
        if (!value.hasFields()) {
            expectations.add(new Expectation(
                    value.place(), aspect, EnumSet.allOf(Capability.class), Outcome.words(sorted(reasons(value)))));
            return;
        }
        value.fields(Arrays.stream(Capability.values()).map(Enum::name).toList())
                .forEach((capability, reasons) -> expectations.add(new Expectation(
                        reasons.place(),
                        aspect,
                        EnumSet.of(Capability.valueOf(capability)),
                        Outcome.words(sorted(reasons(reasons))))));
    }

    private static void add(Aspect aspect, Value value, String expected, List<Expectation> expectations) {
        expectations.add(new Expectation(value.place(), aspect, Set.of(), expected));
    }

    private static List<Reason> reasons(Value value) {
        return value.words().stream().map(word -> word.oneOf(Reason.class)).toList();
    }

    private static Set<Reason> sorted(List<Reason> reasons) {
        EnumSet<Reason> sorted = EnumSet.noneOf(Reason.class);
        sorted.addAll(reasons);
        return sorted;
    }
}
