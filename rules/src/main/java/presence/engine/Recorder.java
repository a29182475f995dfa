package presence.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;
import presence.facts.Capability;
import presence.facts.Conclusions;
import presence.facts.Deadline;
import presence.facts.GraceEnd;
import presence.facts.OfferEnd;
import presence.facts.ProfileEnd;
import presence.facts.Reason;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;
import presence.facts.StaleEnd;
import presence.facts.Status;
import presence.facts.WrapUpEnd;

/**
 * Notes what rules conclude while a session fires, and which rule concluded it.
 *
 * <p>Conclusions about an agent are noted as numbers, so that a decision allocates nothing; the same numbers give the
 * same {@link Verdict} object. One thread.
 */
final class Recorder implements Conclusions, AgendaFilter {
    private static final int MOST_CONCLUSIONS = RuleLimits.DECISION_CONCLUSIONS;

    /** Verdicts remembered. Beyond it they are forgotten and made again: slower, never wrong. */
    private static final int MOST_VERDICTS = 100_000;

    private static final int STATUS = 0;
    private static final int EXCLUSION = 1;
    private static final int RESERVE = 2;
    private static final int TRANSFER_REFUSAL = 3;
    private static final int RANK = 4;
    private static final int DIRECT_CHAT = 5;

    private static final int RULE_SHIFT = 32;
    private static final int KIND_SHIFT = 28;
    private static final int CAPABILITIES_SHIFT = 24;
    private static final int FIRST_REASON_SHIFT = 16;
    private static final int SECOND_REASON_SHIFT = 8;
    private static final int NO_REASON = 0xFF;
    private static final int ALL = (1 << Capability.values().length) - 1;
    private static final Reason[] REASONS = Reason.values();
    private static final Status[] STATUSES = Status.values();

    private final Map<String, Integer> orderByName;
    private final List<Rule> rules;
    private final Map<Key, Verdict> verdicts = new HashMap<>();
    private final Key probe = new Key(new long[MOST_CONCLUSIONS], 0);
    private final List<Due> due = new ArrayList<>();
    private @Nullable Consumer<Rule> listener;
    private @Nullable String joinGroup;
    private int joinGroupBy;
    private @Nullable Rule reserveOpenedBy;
    private @Nullable NotReady notReady;
    private int current;

    Recorder(List<Rule> rulesInOrder) {
        rules = rulesInOrder;
        orderByName = new HashMap<>();
        for (int order = 0; order < rulesInOrder.size(); order++) {
            orderByName.put(rulesInOrder.get(order).name(), order);
        }
    }

    /** Called before each firing: remembers whose conclusions follow. */
    @Override
    public boolean accept(Match match) {
        current = Objects.requireNonNull(orderByName.get(match.getRule().getName()));
        if (listener != null) {
            listener.accept(rules.get(current));
        }
        return true;
    }

    /** Tells the listener of each rule that fires from now on, before its conclusions. */
    void listener(Consumer<Rule> listener) {
        this.listener = listener;
    }

    /** How many rules there are. */
    int rules() {
        return rules.size();
    }

    /** The id of the rule that fired last. */
    String lastFired() {
        return rules.get(current).id();
    }

    void begin() {
        probe.length = 0;
        joinGroup = null;
        reserveOpenedBy = null;
        notReady = null;
    }

    /** The verdict of everything concluded since {@link #begin()}. */
    Verdict verdict() {
        Arrays.sort(probe.codes, 0, probe.length);
        Verdict known = verdicts.get(probe);
        if (known != null) {
            return known;
        }
        if (verdicts.size() >= MOST_VERDICTS) {
            verdicts.clear();
        }
        Key key = new Key(Arrays.copyOf(probe.codes, probe.length), probe.length);
        List<Conclusion> conclusions = new ArrayList<>(probe.length);
        for (int i = 0; i < probe.length; i++) {
            conclusions.add(read(probe.codes[i]));
        }
        Verdict verdict = new Verdict(conclusions);
        verdicts.put(key, verdict);
        return verdict;
    }

    @Nullable String joinedGroup() {
        return joinGroup;
    }

    /** Of several rules that open it that of the lowest id. */
    @Nullable Rule reserveOpenedBy() {
        return reserveOpenedBy;
    }

    /** Of several conclusions that of the lowest id. */
    @Nullable NotReady concludedNotReady() {
        return notReady;
    }

    boolean anythingDue() {
        return !due.isEmpty();
    }

    /** The deadlines that fired since the last call, in order. */
    List<Due> takeDue() {
        List<Due> taken = new ArrayList<>(due);
        due.clear();
        taken.sort(Due.IN_ORDER);
        return taken;
    }

    @Override
    public void status(Status status) {
        note(STATUS, 0, NO_REASON, NO_REASON, status.ordinal());
    }

    @Override
    public void status(Status status, Reason reason) {
        note(STATUS, 0, reason.ordinal(), NO_REASON, status.ordinal());
    }

    @Override
    public void status(Status status, Reason first, Reason second) {
        note(STATUS, 0, first.ordinal(), second.ordinal(), status.ordinal());
    }

    @Override
    public void exclude(Reason reason) {
        note(EXCLUSION, ALL, reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void exclude(Capability capability, Reason reason) {
        note(EXCLUSION, 1 << capability.ordinal(), reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void exclude(Set<Capability> capabilities, Reason reason) {
        note(EXCLUSION, bits(capabilities), reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void holdInReserve(Reason reason) {
        note(RESERVE, ALL, reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void refuseTransfer(Reason reason) {
        note(TRANSFER_REFUSAL, ALL, reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void refuseTransfer(Capability capability, Reason reason) {
        note(TRANSFER_REFUSAL, 1 << capability.ordinal(), reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void refuseTransfer(Set<Capability> capabilities, Reason reason) {
        note(TRANSFER_REFUSAL, bits(capabilities), reason.ordinal(), NO_REASON, 0);
    }

    @Override
    public void rank(int rank) {
        if (rank < 0 || rank > Verdict.UNRANKED) {
            throw new IllegalArgumentException(rules.get(current).id() + " concludes the rank " + rank
                    + "; expected 0 to " + Verdict.UNRANKED + ".");
        }
        note(RANK, ALL, NO_REASON, NO_REASON, rank);
    }

    @Override
    public void directChat() {
        note(DIRECT_CHAT, 0, NO_REASON, NO_REASON, 0);
    }

    @Override
    public void openReserve() {
        Rule rule = rules.get(current);
        if (reserveOpenedBy == null || Rule.BY_ID.compare(rule, reserveOpenedBy) < 0) {
            reserveOpenedBy = rule;
        }
    }

    @Override
    public void joinGroup(String queueGroup) {
        if (joinGroup == null || current < joinGroupBy) {
            joinGroup = queueGroup;
            joinGroupBy = current;
        }
    }

    @Override
    public void returnToDefault(ProfileEnd deadline) {
        due(deadline, Due.Effect.RETURN_TO_DEFAULT);
    }

    @Override
    public void returnNotReady(ProfileEnd deadline) {
        due(deadline, Due.Effect.RETURN_NOT_READY);
    }

    @Override
    public void signOut(GraceEnd deadline) {
        due(deadline, Due.Effect.SIGN_OUT);
    }

    @Override
    public void handled(WrapUpEnd deadline) {
        due(deadline, Due.Effect.HANDLED);
    }

    @Override
    public void missed(OfferEnd deadline) {
        due(deadline, Due.Effect.MISSED);
    }

    @Override
    public void notReady(Reason reason) {
        Rule rule = rules.get(current);
        if (notReady == null || Rule.BY_ID.compare(rule, notReady.rule()) < 0) {
            notReady = new NotReady(reason, rule);
        }
    }

    @Override
    public void endRejectDelay(RejectDelayEnd deadline) {
        due(deadline, Due.Effect.REJECT_DELAY_OVER);
    }

    @Override
    public void suspect(StaleEnd deadline) {
        due(deadline, Due.Effect.SUSPECT);
    }

    @Override
    public void disconnect(SilenceEnd deadline) {
        due(deadline, Due.Effect.DISCONNECT);
    }

    private void due(Deadline deadline, Due.Effect effect) {
        due.add(new Due(deadline, effect, rules.get(current)));
    }

    private void note(int kind, int capabilities, int firstReason, int secondReason, int value) {
        if (probe.length == MOST_CONCLUSIONS) {
            throw new IllegalStateException(
                    "The rules draw more than " + MOST_CONCLUSIONS + " conclusions about one agent; the last by "
                            + rules.get(current).id() + ".");
        }
        probe.codes[probe.length++] = ((long) current << RULE_SHIFT)
                | ((long) kind << KIND_SHIFT)
                | ((long) capabilities << CAPABILITIES_SHIFT)
                | ((long) firstReason << FIRST_REASON_SHIFT)
                | ((long) secondReason << SECOND_REASON_SHIFT)
                | value;
    }

    private Conclusion read(long code) {
        Rule rule = rules.get((int) (code >>> RULE_SHIFT));
        int firstReason = (int) (code >>> FIRST_REASON_SHIFT) & 0xFF;
        int secondReason = (int) (code >>> SECOND_REASON_SHIFT) & 0xFF;
        int value = (int) code & 0xFF;
        Set<Capability> capabilities = capabilities((int) (code >>> CAPABILITIES_SHIFT) & ALL);
        return switch ((int) (code >>> KIND_SHIFT) & 0xF) {
            case STATUS -> new Conclusion.StatusClaim(rule, STATUSES[value], reasons(firstReason, secondReason));
            case EXCLUSION -> new Conclusion.Exclusion(rule, capabilities, REASONS[firstReason]);
            case RESERVE -> new Conclusion.Reserve(rule, REASONS[firstReason]);
            case TRANSFER_REFUSAL -> new Conclusion.TransferRefusal(rule, capabilities, REASONS[firstReason]);
            case RANK -> new Conclusion.Rank(rule, value);
            default -> new Conclusion.DirectChat(rule);
        };
    }

    private static List<Reason> reasons(int first, int second) {
        if (first == NO_REASON) {
            return List.of();
        }
        return second == NO_REASON ? List.of(REASONS[first]) : List.of(REASONS[first], REASONS[second]);
    }

    private static int bits(Set<Capability> capabilities) {
        int bits = 0;
        for (Capability capability : capabilities) {
            bits |= 1 << capability.ordinal();
        }
        return bits;
    }

    private static Set<Capability> capabilities(int bits) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((bits & (1 << capability.ordinal())) != 0) {
                capabilities.add(capability);
            }
        }
        return Set.copyOf(capabilities);
    }

    /** The conclusions about one agent, sorted. The probe is one that changes; those in the map never do. */
    private static final class Key {
        private final long[] codes;
        private int length;

        Key(long[] codes, int length) {
            this.codes = codes;
            this.length = length;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(codes, 0, length, key.codes, 0, key.length);
        }

        @Override
        public int hashCode() {
            long hash = length;
            for (int i = 0; i < length; i++) {
                hash = (hash ^ codes[i]) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            return (int) (hash ^ (hash >>> 32));
        }
    }
}
