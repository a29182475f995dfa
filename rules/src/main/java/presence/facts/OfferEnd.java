package presence.facts;

import org.jspecify.annotations.Nullable;

/**
 * The time in which an offer can be accepted or rejected ends.
 *
 * @param offer the offer's id
 * @param at the instant, in milliseconds since 1970-01-01T00:00Z
 */
@Meaning("The time in which an offer can be accepted or rejected ends.")
public record OfferEnd(
        @Meaning("the offer's id") String offer,
        @Meaning("the instant, for the timer") long at) implements Deadline {
    @Override
    public String subject() {
        return offer;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
