package presence.resources;

import java.util.Arrays;

/**
 * Cuts what comes in into lines. A line ends with a line feed, or a carriage return and a line feed; what is longer than
 * {@value #LONGEST} bytes is passed over and told as too long. Not thread-safe.
 */
final class CommandLines {
    /** The longest line, in bytes, without its end. */
    static final int LONGEST = 64 << 10;

    private final Receiver receiver;
    private final byte[] buffer = new byte[LONGEST + 2];
    private int filled;
    private boolean skipping;

    /** Takes the lines in order. */
    interface Receiver {
        /**
         * A line, without its end.
         *
         * @param bytes its bytes, the receiver's for as long as this call lasts
         */
        void line(byte[] bytes, int from, int length);

        /** A line that had more than {@value #LONGEST} bytes. */
        void tooLong();
    }

    CommandLines(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Where to put what comes next, from {@link #filled()} on. */
    byte[] buffer() {
        return buffer;
    }

    int filled() {
        return filled;
    }

    int room() {
        return buffer.length - filled;
    }

    /** So many bytes have been put into the buffer. */
    void came(int bytes) {
        int end = filled + bytes;
        int from = 0;
        for (int i = filled; i < end; i++) {
            if (buffer[i] == '\n') {
                if (skipping) {
                    skipping = false;
                } else {
                    line(from, i);
                }
                from = i + 1;
            }
        }
        filled = end - from;
        if (skipping) {
            filled = 0;
        } else if (filled > LONGEST + 1) {
            // One more than the longest may still be a carriage return.
            receiver.tooLong();
            skipping = true;
            filled = 0;
        } else {
            System.arraycopy(buffer, from, buffer, 0, filled);
        }
    }

    /** Nothing more will come: what is left is a line. */
    void end() {
        if (filled > 0) {
            line(0, filled);
            filled = 0;
        }
    }

    private void line(int from, int to) {
        int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        if (end - from > LONGEST) {
            receiver.tooLong();
        } else {
            receiver.line(buffer, from, end - from);
        }
    }

    /** A line's bytes with a line feed, as the journal keeps them. */
    static byte[] copy(byte[] bytes, int from, int length) {
        byte[] line = Arrays.copyOfRange(bytes, from, from + length + 1);
        line[length] = '\n';
        return line;
    }
}
