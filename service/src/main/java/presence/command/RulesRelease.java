package presence.command;

/**
 * Which rules conclude: a release that analysts have made, or what the program brings with it.
 *
 * @param number the release's number; 0 for the rules of the program, or of the folder that its settings name
 * @param hash the hash of its content; empty for 0
 */
public record RulesRelease(int number, String hash) {
    /** The rules of the program, or of the folder that its settings name. */
    public static final RulesRelease PROGRAM = new RulesRelease(0, "");
}
