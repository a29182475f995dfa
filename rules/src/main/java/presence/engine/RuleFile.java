package presence.engine;

/**
 * A file of rules.
 *
 * @param path where it lies below the rules folder, with {@code /} between names: {@code status/status.drl}
 * @param text its content
 */
public record RuleFile(String path, String text) {

    /** The business question the file answers: the folder it lies in. Empty for a file outside any folder. */
    public String topic() {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
