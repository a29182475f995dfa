package presence.state;

import presence.command.RulesRelease;
import presence.engine.PresenceSession;
import presence.engine.RuleBook;

/** Where the rules of a release come from. */
@FunctionalInterface
public interface RuleSource {
    /**
     * A session that asks the rules of the release, or of those that stand in for it when it cannot be used any more. It
     * holds no agents and no deadlines; its owner is who asked for it.
     *
     * @param now the time, in milliseconds since 1970-01-01T00:00Z; the session's is that or earlier
     */
    PresenceSession open(RulesRelease release, long now);

    /** These rules, whatever the release. */
    static RuleSource always(RuleBook rules) {
        return (release, now) -> PresenceSession.open(rules, now);
    }
}
