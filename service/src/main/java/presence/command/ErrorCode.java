package presence.command;

/**
 * Why something was refused. The names are part of the API: programs decide by them.
 *
 * <p>The status is that of HTTP: 400 for what cannot be read, 401 for nobody knows whom, 403 for who may not, 404 for what is
 * not there, 409 for what the present state does not allow, 412 for a version gone by, 422 for what reads well but names
 * something that is not.
 */
public enum ErrorCode {
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    UNKNOWN_FIELD(400, "A field that this document does not have"),
    MISSING_FIELD(400, "A field is missing"),
    INVALID_VALUE(400, "A value of the wrong type or outside its range"),
    INVALID_ID(400, "An id with other characters or of another length than allowed"),
    FUTURE_EVENT_ID(400, "An id of the change stream that no message has had yet"),
    ADDRESS_NOT_ALLOWED(400, "An address that webhooks may not be sent to"),
    UNKNOWN_COMMAND(400, "There is no such command"),
    UNAUTHENTICATED(401, "Nobody knows who is asking"),
    FORBIDDEN(403, "This role may not do that"),
    NOT_SAME_ORIGIN(403, "Another site's page asks in a browser's name"),
    TLS_NEEDED(403, "Browsers are signed in over TLS, or on this machine"),
    NO_HISTORY(404, "Nothing is kept of so long ago"),
    UNKNOWN_AGENT(404, "There is no such agent"),
    UNKNOWN_CONVERSATION(404, "There is no such conversation"),
    UNKNOWN_OFFER(404, "There is no such offer"),
    UNKNOWN_PROFILE(404, "There is no such profile"),
    UNKNOWN_QUEUE(404, "There is no such queue"),
    UNKNOWN_QUEUE_GROUP(404, "There is no such queue group"),
    UNKNOWN_KEY(404, "There is no such key"),
    UNKNOWN_WEBHOOK(404, "There is no such webhook"),
    UNKNOWN_DEAD_LETTER(404, "There is no such dead letter"),
    UNKNOWN_RELEASE(404, "There is no such release of the rules"),
    UNKNOWN_DRAFT(404, "There is no draft of the rules"),
    NOT_FOUND(404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(405, "This address does not answer this method"),
    NOT_ACCEPTABLE(406, "The answer cannot be given in the form asked for"),
    AGENT_SIGNED_OUT(409, "The agent is not signed in"),
    CHANNEL_NOT_ENABLED(409, "This system does not handle the channel"),
    CONVERSATION_CHANNEL_FIXED(409, "The conversation is on another channel"),
    CONVERSATION_ACTIVE(409, "An agent has the conversation already"),
    CONVERSATION_ENDED(409, "The conversation has ended"),
    NOBODY_ELIGIBLE(409, "Nobody can be offered the conversation now"),
    OFFER_CLOSED(409, "The offer has been answered, missed or withdrawn"),
    WRONG_AGENT(409, "The offer was made to another agent"),
    TRANSFER_REFUSED(409, "The conversation cannot be transferred to this agent"),
    DEFAULT_PROFILE(409, "The default profile has to stay"),
    PROFILE_RETIRED(409, "The profile has been deleted and can no longer be chosen"),
    PROFILE_TYPE_FIXED(409, "The type of a profile never changes"),
    QUEUE_IN_USE(409, "A queue group names the queue"),
    QUEUE_GROUP_IN_USE(409, "A profile is tied to the queue group"),
    CHECK_FAILED(409, "The check found faults in the rules"),
    PREVIEW_GONE(409, "There is a newer preview"),
    TOO_MANY(409, "A limit of the system is reached"),
    NO_LOCKS(409, "Nobody is asked who they are here"),
    ID_REUSED(409, "The command id was given to another command before"),
    VERSION_MISMATCH(412, "It has changed since"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of a type that this address does not read"),
    INVALID_DEFAULT(422, "Only an Available profile without a duration can be the default"),
    RATE_LIMITED(429, "More requests than this key may make"),
    OVERLOADED(503, "More commands are waiting than the service takes in"),
    JOURNAL_UNAVAILABLE(503, "Commands cannot be made durable now"),
    RECORDS_UNAVAILABLE(503, "What is kept beside the journal cannot be read now"),
    TOO_MANY_STREAMS(503, "As many streams are open as there may be"),
    STOPPING(503, "The service is stopping"),
    INTERNAL(500, "A fault of the service");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status it comes with. */
    public int status() {
        return status;
    }

    /** What it means, in a sentence without its full stop. */
    public String title() {
        return title;
    }
}
