package presence.facts;

/**
 * Something that happens by itself at an instant: a small standing fact that a timer rule waits on. Nothing has happened
 * one millisecond before {@link #at()}, everything has at it.
 *
 * <p>A deadline is equal only to itself. It is taken out of the session when it has fired or is cancelled.
 */
public sealed interface Deadline
        permits ProfileEnd, GraceEnd, WrapUpEnd, OfferEnd, RejectDelayEnd, StaleEnd, SilenceEnd {
    /** The instant, in milliseconds since 1970-01-01T00:00Z. */
    long at();

    /** The id of what it is about. Nothing has two deadlines of one kind. */
    String subject();
}
