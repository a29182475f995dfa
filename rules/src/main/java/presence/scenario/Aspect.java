package presence.scenario;

import java.util.List;

/** What a scenario may expect, and of which kind of case. */
enum Aspect {
    STATUS("status", Kind.AGENT),
    REASONS("reasons", Kind.AGENT),
    ELIGIBLE("eligible", Kind.AGENT),
    EXCLUDED("excluded", Kind.AGENT),
    IN_RESERVE("inReserve", Kind.AGENT),
    TRANSFER_TARGET("transferTarget", Kind.AGENT),
    TRANSFER_REFUSED("transferRefused", Kind.AGENT),
    RANK("rank", Kind.AGENT),
    DIRECT_CHAT("directChat", Kind.AGENT),
    RESERVE_OPEN("reserveOpen", Kind.STAFFING),
    JOINS("joins", Kind.SELECTION),
    NOT_READY("notReady", Kind.MISS),
    HAPPENS("happens", Kind.DEADLINE);

    /** What a scenario can be about, and how a file of scenarios names it. */
    enum Kind {
        AGENT("an agent"),
        STAFFING("a queueStaffing"),
        SELECTION("a profileSelected"),
        MISS("an offerMissed"),
        DEADLINE("a deadline");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** As a file of scenarios names it. */
    final String key;

    final Kind kind;

    Aspect(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    static List<String> keys(Kind kind) {
        return List.of(values()).stream()
                .filter(aspect -> aspect.kind == kind)
                .map(aspect -> aspect.key)
                .toList();
    }

    static List<String> keys() {
        return List.of(values()).stream().map(aspect -> aspect.key).toList();
    }
}
