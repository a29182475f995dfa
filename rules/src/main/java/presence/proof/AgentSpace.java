package presence.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import presence.engine.PresenceSession;
import presence.engine.Verdict;
import presence.facts.Agent;
import presence.facts.Capability;
import presence.facts.Capacity;
import presence.facts.ProfileType;
import presence.facts.QueueAsked;
import presence.facts.TransferAsked;

/**
 * Every agent, policy and question that some rules can tell apart: the product of what they read. What they do not read is
 * as usual, for it cannot matter to them; what the service never reports is left out.
 *
 * <p>Goes through the cases once, and is itself the case it has come to. One thread.
 */
final class AgentSpace {
    /** More cases, impossible ones included, than rules that people write can tell apart; they take a few seconds. */
    static final long MOST_CASES = 1_000_000;

    /** More texts in rules that read a set of texts than can be combined in every way. */
    private static final int MOST_TEXTS = 8;

    private static final String SUPPORT = "support";

    /** One thing that can be this or that. */
    private record Dimension(List<Choice> choices) {}

    /**
     * One of its values.
     *
     * @param weight how far it is from the usual
     * @param agent as a scenario says it of an agent; empty if it is the usual
     * @param beside as a scenario says it beside the agent
     */
    private record Choice(int weight, String agent, String beside, Consumer<AgentSpace> set) {}

    private final List<Dimension> own = new ArrayList<>();
    private final List<Dimension> counted = new ArrayList<>();
    private final List<Dimension> able = new ArrayList<>();
    private final List<Policy> policies;
    private final boolean tooManyTexts;
    private AgentDraft draft = new AgentDraft();
    private @Nullable Agent agent;
    private @Nullable QueueAsked queueAsked;
    private @Nullable TransferAsked transferAsked;
    private Policy policy = Policy.AS_USUAL;
    private List<Dimension> all = List.of();
    private int[] at = {};
    private long tried;
    private boolean stopped;

    AgentSpace(Reading read) {
        this(read, Policy.SOME);
    }

    /** @param policies the policies tried if the rules read one, the usual first */
    AgentSpace(Reading read, List<Policy> policies) {
        this.policies = read.reads(Capacity.class) ? policies : List.of(Policy.AS_USUAL);
        Set<String> fields = read.ofAgent();
        Set<String> labels = read.texts(Agent.class, "labels");
        Set<String> queues = new TreeSet<>(read.texts(Agent.class, "queues"));
        if (read.reads(QueueAsked.class)) {
            queues.add(SUPPORT);
        }
        tooManyTexts = Math.max(labels.size(), queues.size()) > MOST_TEXTS;
        if (tooManyTexts) {
            return;
        }
        // Most others depend on it.
        yesNo("signedIn", true, (space, yes) -> space.draft.signedIn = yes);
        if (fields.contains("connected")) {
            yesNo("connected", true, (space, yes) -> space.draft.connected = yes);
        }
        if (fields.contains("connectionLost")) {
            yesNo("connectionLost", false, (space, yes) -> space.draft.connectionLost = yes);
        }
        if (fields.contains("ready")) {
            yesNo("ready", true, (space, yes) -> space.draft.ready = yes);
        }
        if (fields.contains("rejectDelay")) {
            yesNo("rejectDelay", false, (space, yes) -> space.draft.rejectDelay = yes);
        }
        if (fields.contains("profileType") || fields.contains("profile")) {
            profiles(fields.contains("profile") ? read.texts(Agent.class, "profile") : Set.of());
        }
        if (fields.contains("id")) {
            texts("id", "anna", read.texts(Agent.class, "id"), (space, text) -> space.draft.id = text);
        }
        if (fields.contains("labels")) {
            sets("labels", labels, (space, some) -> space.draft.labels = some);
        }
        if (fields.contains("queues")) {
            sets("queues", queues, (space, some) -> space.draft.queues = some);
        }
        if (read.reads(QueueAsked.class)) {
            own.add(new Dimension(asked(read.texts(QueueAsked.class, "queue"))));
        }
        if (read.reads(TransferAsked.class)) {
            transfers(read.texts(TransferAsked.class, "currentAgent"));
        }
        if (fields.contains("capabilities") || fields.contains("incapable")) {
            capabilities();
        }
        if (fields.stream().anyMatch(Conversations::counts)) {
            counted.add(new Dimension(Conversations.toldApartBy(fields).stream()
                    .map(conversations -> new Choice(
                            conversations.size(),
                            conversations.words(),
                            "",
                            space -> space.draft.conversations = conversations))
                    .toList()));
        }
    }

    /** Whether there were more than {@link #MOST_CASES}, so that not all have been gone through. */
    boolean tooMany() {
        return tooManyTexts || tried > MOST_CASES;
    }

    /** Whether what is still open cannot matter any more. */
    interface Closed {
        /**
         * Asked on the way.
         *
         * @param conversations whether the conversations are chosen; the capabilities never are, and all are there
         * @param space the case, as usual in all that is still open
         */
        boolean test(boolean conversations, AgentSpace space);
    }

    /**
     * Goes through the cases.
     *
     * @param session the session that will be asked; it gets the policy of the cases
     * @param closed whether a case stands for all that differ from it in what is still open
     * @param visit told of each case, of which this is the picture
     */
    void each(PresenceSession session, Closed closed, Consumer<AgentSpace> visit) {
        all = Stream.of(own, counted, able).flatMap(List::stream).toList();
        int[] chosen = new int[own.size()];
        for (Policy each : policies) {
            policy = each;
            session.policy(each.facts());
            Arrays.fill(chosen, 0);
            do {
                if (take(chosen) && !visited(false, closed, visit)) {
                    eachConversations(chosen, closed, visit);
                }
            } while (goesOn() && next(chosen, own));
        }
    }

    void each(PresenceSession session, Consumer<AgentSpace> visit) {
        each(session, (conversations, unused) -> false, visit);
    }

    private void eachConversations(int[] before, Closed closed, Consumer<AgentSpace> visit) {
        int[] chosen = new int[counted.size()];
        do {
            if (take(before, chosen) && !visited(true, closed, visit)) {
                int[] last = new int[able.size()];
                do {
                    if (take(before, chosen, last)) {
                        visit.accept(this);
                    }
                } while (goesOn() && next(last, able));
            }
        } while (goesOn() && next(chosen, counted));
    }

    private boolean visited(boolean conversations, Closed closed, Consumer<AgentSpace> visit) {
        boolean done = closed.test(conversations, this);
        if (done) {
            visit.accept(this);
        }
        return done;
    }

    private boolean goesOn() {
        return !stopped && !tooMany();
    }

    /** Ends the way through the cases: what was asked is known. */
    void stop() {
        stopped = true;
    }

    private static boolean next(int[] at, List<Dimension> dimensions) {
        for (int i = at.length - 1; i >= 0; i--) {
            if (++at[i] < dimensions.get(i).choices().size()) {
                return true;
            }
            at[i] = 0;
        }
        return false;
    }

    /** Makes the case of these choices, as usual in the others; whether there can be such an agent. */
    private boolean take(int[]... choices) {
        tried++;
        at = new int[all.size()];
        int from = 0;
        for (int[] some : choices) {
            System.arraycopy(some, 0, at, from, some.length);
            from += some.length;
        }
        draft = new AgentDraft();
        queueAsked = null;
        transferAsked = null;
        for (int i = 0; i < at.length; i++) {
            all.get(i).choices().get(at[i]).set().accept(this);
        }
        if (!draft.possible()) {
            return false;
        }
        agent = draft.agent();
        return true;
    }

    // --- the case

    Agent agent() {
        if (agent == null) {
            throw new IllegalStateException("No case has been come to");
        }
        return agent;
    }

    /** What the rules conclude about the case. */
    Verdict decide(PresenceSession session) {
        if (transferAsked != null) {
            return session.decide(agent(), transferAsked);
        }
        return queueAsked == null ? session.decide(agent()) : session.decide(agent(), queueAsked);
    }

    /** How far the case is from the usual agent. */
    int weight() {
        int weight = policy.words().isEmpty() ? 0 : 3;
        for (Choice choice : chosen()) {
            weight += choice.weight();
        }
        return weight;
    }

    /** The case as a file of scenarios says it. */
    String words() {
        List<String> ofAgent = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        for (Choice choice : chosen()) {
            add(choice.agent(), ofAgent);
            add(choice.beside(), beside);
        }
        add(policy.words(), beside);
        beside.add(0, ofAgent.isEmpty() ? "agent: {}" : "agent: { " + String.join(", ", ofAgent) + " }");
        return String.join("; ", beside);
    }

    private static void add(String words, Collection<String> to) {
        if (!words.isEmpty()) {
            to.add(words);
        }
    }

    private List<Choice> chosen() {
        List<Choice> chosen = new ArrayList<>(at.length);
        for (int i = 0; i < at.length; i++) {
            chosen.add(all.get(i).choices().get(at[i]));
        }
        return chosen;
    }

    // --- what can be this or that

    private interface Setting<T> {
        void set(AgentSpace space, T value);
    }

    private void yesNo(String field, boolean usual, Setting<Boolean> setting) {
        own.add(new Dimension(List.of(
                new Choice(0, "", "", space -> setting.set(space, usual)),
                new Choice(4, field + (usual ? ": no" : ": yes"), "", space -> setting.set(space, !usual)))));
    }

    private void texts(String field, String usual, Set<String> texts, Setting<String> setting) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(0, "", "", space -> setting.set(space, usual)));
        for (String text : andAnother(texts, usual)) {
            choices.add(new Choice(4, field + ": " + text, "", space -> setting.set(space, text)));
        }
        own.add(new Dimension(choices));
    }

    /** A rule that names the usual text too can tell it from one that is not named at all. */
    static Set<String> andAnother(Set<String> texts, String usual) {
        Set<String> all = new TreeSet<>(texts);
        if (texts.contains(usual)) {
            all.add("another");
        }
        return all;
    }

    private void profiles(Set<String> texts) {
        List<Choice> choices = new ArrayList<>();
        for (@Nullable ProfileType type : withNone()) {
            String words = type == ProfileType.AVAILABLE ? "" : "profileType: " + (type == null ? "none" : type.name());
            int weight = type == ProfileType.AVAILABLE ? 0 : 4;
            choices.add(new Choice(weight, words, "", space -> space.draft.profileType = type));
            for (String text : type != null ? texts : Set.<String>of()) {
                String both = (words.isEmpty() ? "" : words + ", ") + "profile: " + text;
                choices.add(new Choice(weight + 4, both, "", space -> {
                    space.draft.profileType = type;
                    space.draft.profile = text;
                }));
            }
        }
        own.add(new Dimension(choices));
    }

    private static List<@Nullable ProfileType> withNone() {
        List<@Nullable ProfileType> types = new ArrayList<>(Arrays.asList(ProfileType.values()));
        types.add(null);
        return types;
    }

    private void sets(String field, Set<String> texts, Setting<Set<String>> setting) {
        List<Choice> choices = new ArrayList<>();
        for (Set<String> some : subsets(List.copyOf(texts))) {
            choices.add(new Choice(
                    4 * some.size(),
                    some.isEmpty() ? "" : field + ": [ " + String.join(", ", some) + " ]",
                    "",
                    space -> setting.set(space, some)));
        }
        own.add(new Dimension(choices));
    }

    private static List<Choice> asked(Set<String> texts) {
        Set<String> known = andAnother(texts, SUPPORT);
        known.add(SUPPORT);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(0, "", "", space -> {}));
        for (String queue : known) {
            choices.add(new Choice(
                    4,
                    "",
                    "queueAsked: { queue: " + queue + " }",
                    space -> space.queueAsked = space.transferAsked == null ? new QueueAsked(queue) : null));
        }
        return choices;
    }

    private void transfers(Set<String> texts) {
        Set<String> known = new TreeSet<>(texts);
        known.addAll(Set.of("anna", "ben"));
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(0, "", "", space -> {}));
        for (String current : known) {
            choices.add(new Choice(4, "", "transferAsked: { currentAgent: " + current + " }", space -> {
                space.queueAsked = null;
                space.transferAsked = new TransferAsked(current);
            }));
        }
        own.add(new Dimension(choices));
    }

    private void capabilities() {
        List<Choice> choices = new ArrayList<>();
        int all = 1 << Capability.values().length;
        for (int without = 0; without < all; without++) {
            Set<Capability> some = EnumSet.noneOf(Capability.class);
            for (Capability capability : Capability.values()) {
                if ((without & (1 << capability.ordinal())) == 0) {
                    some.add(capability);
                }
            }
            String words = some.isEmpty()
                    ? "capabilities: none"
                    : "capabilities: [ "
                            + String.join(", ", some.stream().map(Enum::name).toList()) + " ]";
            choices.add(new Choice(
                    without == 0 ? 0 : 3 + Integer.bitCount(without),
                    without == 0 ? "" : words,
                    "",
                    space -> space.draft.capabilities = some));
        }
        able.add(new Dimension(choices));
    }

    /** Every set of some of the texts, the empty one first. */
    static List<Set<String>> subsets(List<String> texts) {
        List<Set<String>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << texts.size(); bits++) {
            Set<String> subset = new TreeSet<>();
            for (int i = 0; i < texts.size(); i++) {
                if ((bits & (1 << i)) != 0) {
                    subset.add(texts.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }
}
