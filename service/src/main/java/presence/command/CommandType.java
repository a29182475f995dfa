package presence.command;

/** The names of the commands, as they stand on the wire. */
public enum CommandType {
    PUT_POLICY,
    PUT_PROFILE,
    DELETE_PROFILE,
    PUT_QUEUE,
    DELETE_QUEUE,
    PUT_QUEUE_GROUP,
    DELETE_QUEUE_GROUP,
    PUT_AGENT,
    DELETE_AGENT,
    SIGN_IN,
    SIGN_OUT,
    READY,
    NOT_READY,
    SELECT_PROFILE,
    ADD_CAPABILITY,
    REMOVE_CAPABILITY,
    JOIN_QUEUE,
    LEAVE_QUEUE,
    CONNECT,
    DISCONNECT,
    START_CONVERSATION,
    END_CONVERSATION,
    HANDLE_CONVERSATION,
    TRANSFER_CONVERSATION,
    HEARTBEAT,
    MAKE_OFFER,
    ACCEPT_OFFER,
    REJECT_OFFER,
    WITHDRAW_OFFER,
    ACTIVATE_RULES(true),
    DECIDE_AGAIN(true);

    private final boolean internal;

    CommandType() {
        this(false);
    }

    CommandType(boolean internal) {
        this.internal = internal;
    }

    /** Whether only the service itself gives it: it stands in the journal and is taken from nobody. */
    public boolean internal() {
        return internal;
    }
}
