package presence.engine;

/** What a set of rules may hold. More than people write, and little enough to be read, checked and asked in moments. */
public final class RuleLimits {
    /** Files of rules, and as many of scenarios. */
    public static final int FILES = 200;

    /** Bytes of a file, in UTF-8. */
    public static final int FILE_BYTES = 262_144;

    /** Bytes of all files of rules together, and as many of all files of scenarios. */
    public static final int ALL_BYTES = 4_194_304;

    /** Signs of a line of a file of rules. */
    public static final int LINE = 500;

    /** Signs of a rule's id and sentence, and of the name of a scenario. */
    public static final int NAME = 200;

    /** Signs of a {@code $name}. */
    public static final int VARIABLE = 60;

    /** Signs of a text in a condition: as many as an id has. */
    public static final int TEXT = 128;

    /** Rules of a set. */
    public static final int RULES = 500;

    /** Facts that a rule names, those behind {@code not} and {@code exists} included. */
    public static final int FACTS = 8;

    /** Fields and values that the conditions of a rule name. */
    public static final int VALUES = 100;

    /** Conclusions of a rule. */
    public static final int CONCLUSIONS = 10;

    /** Parentheses within parentheses. */
    public static final int NESTED = 5;

    /**
     * How many times a rule can hold for one case: the product of how many facts there can be of each kind that it reads.
     * Of {@code Capacity} there are four, of everything else one.
     */
    public static final int TIMES = 64;

    /** Scenarios of a set. */
    public static final int SCENARIOS = 5_000;

    /** How many times all rules together may fire for one case. */
    public static final int FIRINGS = 1_000;

    /** Conclusions that all rules together may draw about one agent. */
    public static final int DECISION_CONCLUSIONS = 256;

    /** Faults of a file that are told; the rest is told when these are mended. */
    public static final int FAULTS = 100;

    private RuleLimits() {}
}
