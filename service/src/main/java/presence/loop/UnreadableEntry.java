package presence.loop;

import presence.api.BadInput;

/** An entry of the journal holds a command that this version of the program does not read. The service cannot start with it. */
public final class UnreadableEntry extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableEntry(long entry, BadInput cause) {
        super(
                "Entry " + entry + " of the journal holds a command that this version of the program does not read: "
                        + cause.getMessage()
                        + " Maybe another version wrote it; start that one and stop it, which takes a snapshot.",
                cause);
    }
}
