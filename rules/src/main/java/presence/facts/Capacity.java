package presence.facts;

/**
 * The policy for one capability: a standing fact, one for each capability.
 *
 * @param capability whose limits these are
 * @param limit how many conversations of it an agent may have at a time; 0 to 1,000
 * @param transferMayExceed whether a transfer may exceed the limit
 */
public record Capacity(Capability capability, int limit, boolean transferMayExceed) {}
