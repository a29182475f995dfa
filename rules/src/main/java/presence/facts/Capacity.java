package presence.facts;

/**
 * The policy for one capability: a standing fact, one for each capability.
 *
 * @param capability whose limits these are
 * @param limit how many conversations of it an agent may have at a time; 0 to 1,000
 * @param transferMayExceed whether a transfer may exceed the limit
 */
@Meaning("The policy for one capability. There are four of these facts, one for each.")
public record Capacity(
        @Meaning("whose limits these are") Capability capability,

        @Meaning("how many conversations of it an agent may have at a time")
        int limit,

        @Meaning("whether a transfer may exceed the limit") boolean transferMayExceed) {}
