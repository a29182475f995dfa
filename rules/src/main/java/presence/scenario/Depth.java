package presence.scenario;

/** How far a set of rules is checked. Each finds what the one before does, and more, and takes longer. The names are part of the API. */
public enum Depth {
    /**
     * What is found by reading: form, types, words and names, scenarios that cannot be read, rules that lack one. It takes
     * milliseconds, so it can be asked while somebody types.
     */
    LINT,
    /** Whether the engine takes the rules, what they cost, and whether every scenario passes. */
    EXAMPLES,
    /** Every case there is, promises included. Only what passes this may be used. */
    PROOF
}
