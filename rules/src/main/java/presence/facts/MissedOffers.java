package presence.facts;

/**
 * The policy for missed offers. There is one of these facts.
 *
 * @param limit how many offers in a row an agent may miss; 0 for any number
 */
@Meaning("The policy for missed offers. There is one of these facts.")
public record MissedOffers(
        @Meaning("how many offers in a row an agent may miss; 0 for any number")
        int limit) {}
