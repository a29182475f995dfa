package presence.explain;

import presence.engine.RuleBook;

/**
 * The rules that conclude now, with the name of their release.
 *
 * @param release what answers call {@code rulesRelease}
 * @param book the rules
 */
public record RulesInForce(String release, RuleBook book) {}
