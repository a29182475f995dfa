package presence.engine;

/**
 * A file of rules.
 *
 * @param path where it lies below the rules folder, with {@code /} between names: {@code status/status.drl}
 * @param text its content
 */
public record RuleFile(String path, String text) {
    /** Some editors begin a file with it; it is no part of the text. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public RuleFile {
        text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** How many bytes the text has in UTF-8. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** The business question the file answers: the folder it lies in. Empty for a file outside any folder. */
    public String topic() {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
