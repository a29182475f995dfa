package presence.explain;

import java.util.List;

/**
 * What would change the answer.
 *
 * @param steps what has to happen: one thing, or two, one after the other
 * @param leadsTo what the agent would be then
 */
public record Change(List<Step> steps, Outlook leadsTo) {}
