package presence.proof;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import presence.engine.Due;
import presence.engine.PresenceSession;
import presence.engine.Rule;
import presence.engine.RuleReading;
import presence.engine.Vocabulary;
import presence.facts.Deadline;
import presence.facts.GraceEnd;
import presence.facts.OfferEnd;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;
import presence.facts.RejectDelayEnd;
import presence.facts.SilenceEnd;
import presence.facts.StaleEnd;
import presence.facts.TimeOfDay;
import presence.facts.WrapUpEnd;

/** Every deadline has exactly one effect, at its instant. */
final class DeadlineProof {
    private static final String[] EFFECTS = {
        "returnToDefault", "returnNotReady", "signOut", "handled", "missed", "endRejectDelay", "suspect", "disconnect"
    };

    private static final Pattern TIME_OF_DAY = Pattern.compile(TimeOfDay.FORM);

    private final Findings findings;
    private final List<RuleReading> rules;
    private long at = Findings.NOON;

    DeadlineProof(Findings findings) {
        this.findings = findings;
        rules = findings.concluding(EFFECTS);
    }

    void run() {
        List<Deadline> deadlines = deadlines();
        Map<Deadline, List<Due>> effects = new IdentityHashMap<>();
        try (PresenceSession session = findings.open()) {
            deadlines.forEach(session::await);
            session.advance(at + 1, due -> {
                if (session.now() == due.deadline().at()) {
                    effects.computeIfAbsent(due.deadline(), unused -> new ArrayList<>())
                            .add(due);
                }
            });
        }
        Claims claims = new Claims();
        for (Deadline deadline : deadlines) {
            findings.oneCase();
            List<Due> came = effects.getOrDefault(deadline, List.of());
            claims.note(came.stream().map(Due::rule).toList());
            check(deadline, came);
        }
        claims.tell(findings);
    }

    private void check(Deadline deadline, List<Due> came) {
        String kind = deadline.getClass().getSimpleName();
        if (came.isEmpty() && deadline instanceof ProfileEnd) {
            findings.breaks(
                    Promise.TIMED_PROFILE_ENDS,
                    List.of(),
                    findings.concluding("returnToDefault", "returnNotReady"),
                    0,
                    () -> "no rule ends the profile. The smallest case, as a scenario: " + words(deadline) + ".");
        } else if (came.isEmpty()) {
            findings.fault(
                    rules.stream()
                            .filter(reading -> reading.fields().containsKey(deadline.getClass()))
                            .toList(),
                    "never " + kind,
                    0,
                    () -> "Nothing ever comes of a " + kind + ": no rule fires at it. As a scenario: " + words(deadline)
                            + ". Write a rule that waits for it.");
        } else if (came.stream().map(Due::effect).distinct().count() > 1) {
            String both = came.stream()
                    .map(due -> Findings.named(due.rule()) + " says " + due.effect())
                    .sorted()
                    .collect(Collectors.joining(" and "));
            Rule last = came.stream().map(Due::rule).max(Rule.BY_ID).orElseThrow();
            findings.fault(
                    last,
                    "effects " + both,
                    0,
                    () -> "One deadline has two different effects: " + both + ". As a scenario: " + words(deadline)
                            + ". Change the conditions of one of them so that only one holds.");
        }
    }

    private static String words(Deadline deadline) {
        String kind = deadline.getClass().getSimpleName();
        String key = Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
        return deadline instanceof ProfileEnd end
                ? key + ": { agent: " + end.agent() + ", profile: " + end.profile() + ", onReturn: " + end.onReturn()
                        + ", localTime: \"" + end.localTime() + "\" }; at: 0"
                : key + ": { " + subject(deadline) + ": " + deadline.subject() + " }; at: 0";
    }

    /** Noon, the times that the rules name, and a minute on both sides of each. */
    private Set<String> times() {
        Set<String> times = new TreeSet<>(Set.of("12:00"));
        for (String text : Reading.of(rules).texts(ProfileEnd.class, "localTime")) {
            if (TIME_OF_DAY.matcher(text).matches()) {
                LocalTime time = LocalTime.parse(text);
                times.add(text);
                times.add(time.plusMinutes(1).toString());
                times.add(time.minusMinutes(1).toString());
            }
        }
        return times;
    }

    private Set<String> texts(Class<? extends Record> fact, String field, String usual) {
        return findings.texts(rules, fact, field, usual);
    }

    private static String subject(Deadline deadline) {
        return Vocabulary.fields(deadline.getClass()).get(0);
    }

    /** One for each case that the rules can tell apart, a millisecond after the other. */
    private List<Deadline> deadlines() {
        List<Deadline> deadlines = new ArrayList<>();
        for (String agent : texts(ProfileEnd.class, "agent", "anna")) {
            for (String profile : texts(ProfileEnd.class, "profile", "lunch")) {
                for (OnReturn onReturn : OnReturn.values()) {
                    for (String localTime : times()) {
                        deadlines.add(new ProfileEnd(agent, profile, onReturn, localTime, ++at));
                    }
                }
            }
        }
        texts(GraceEnd.class, "agent", "anna").forEach(agent -> deadlines.add(new GraceEnd(agent, ++at)));
        texts(RejectDelayEnd.class, "agent", "anna").forEach(agent -> deadlines.add(new RejectDelayEnd(agent, ++at)));
        texts(SilenceEnd.class, "agent", "anna").forEach(agent -> deadlines.add(new SilenceEnd(agent, ++at)));
        texts(WrapUpEnd.class, "conversation", "call-1").forEach(call -> deadlines.add(new WrapUpEnd(call, ++at)));
        texts(StaleEnd.class, "conversation", "call-1").forEach(call -> deadlines.add(new StaleEnd(call, ++at)));
        texts(OfferEnd.class, "offer", "offer-1").forEach(offer -> deadlines.add(new OfferEnd(offer, ++at)));
        return deadlines;
    }
}
