package presence.journal;

import java.util.Arrays;

/**
 * One batch of commands, stamped with one time: what is made durable by one commit.
 *
 * <p>The body is not copied. Whoever hands an entry over leaves its bytes alone from then on.
 *
 * @param number the place in the journal, from 1 upwards without gaps
 * @param atEpochMilli the time of the batch, in milliseconds since 1970-01-01T00:00Z, never less than the entry before
 * @param commands how many commands the body holds, at least 0
 * @param body the commands, in a form that the journal does not look into, at most {@link #MAXIMUM_BODY_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below; the bytes are never changed
public record JournalEntry(long number, long atEpochMilli, int commands, byte[] body) {

    /** The largest body, in bytes: 64 MiB. */
    public static final int MAXIMUM_BODY_BYTES = 64 << 20;

    public JournalEntry {
        if (number < 1) {
            throw new IllegalArgumentException("A journal entry's number is 1 or more, not " + number + ".");
        }
        if (commands < 0) {
            throw new IllegalArgumentException("A journal entry holds 0 commands or more, not " + commands + ".");
        }
        if (body.length > MAXIMUM_BODY_BYTES) {
            throw new IllegalArgumentException("A journal entry's body has at most " + MAXIMUM_BODY_BYTES
                    + " bytes, not " + body.length + ". Maybe close the batch earlier.");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JournalEntry that
                && number == that.number
                && atEpochMilli == that.atEpochMilli
                && commands == that.commands
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number) * 31 + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "JournalEntry[number=" + number + ", atEpochMilli=" + atEpochMilli + ", commands=" + commands + ", body="
                + body.length + " bytes]";
    }
}
