package presence.engine;

import presence.facts.Reason;

/**
 * What a rule concluded from a missed offer: the agent is not ready any more.
 *
 * @param reason why
 * @param rule the rule that concluded it
 */
public record NotReady(Reason reason, Rule rule) {}
