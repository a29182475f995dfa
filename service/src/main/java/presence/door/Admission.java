package presence.door;

import presence.command.Envelope;
import presence.command.Outcome;

/** What stands between the lines of one request and the loop. */
public interface Admission {
    /** No lock: everything goes through as it came. */
    Admission FREE = new Admission() {
        @Override
        public Envelope admit(Envelope command) {
            return command;
        }

        @Override
        public void done(Envelope command, Outcome outcome) {}
    };

    /**
     * Lets a command through.
     *
     * @return the command, noted as whose it is; the very same one if it says so itself
     * @throws Forbidden if it may not be given
     */
    Envelope admit(Envelope command);

    /** Is told what became of each command that was let through, before its sender is. */
    void done(Envelope command, Outcome outcome);
}
