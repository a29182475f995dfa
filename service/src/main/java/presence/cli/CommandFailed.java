package presence.cli;

import java.util.List;

/** A command could not do its work, for a reason that is the user's to remove: a line for each fault, and no stack trace. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was looked at has faults, or the service cannot be started as it is configured. */
    public static final int FAULTS = 1;

    /** The command cannot be run on what it was given. */
    public static final int UNUSABLE = 2;

    private final int exitCode;
    private final transient List<String> lines;

    /**
     * @param exitCode what the process ends with, 1 to 255
     * @param lines what is written to standard error, a line for each fault
     */
    public CommandFailed(int exitCode, List<String> lines) {
        super(String.join(System.lineSeparator(), lines), null, false, false);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    public CommandFailed(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    public int exitCode() {
        return exitCode;
    }

    /** A line for each fault. */
    public List<String> lines() {
        return lines;
    }
}
