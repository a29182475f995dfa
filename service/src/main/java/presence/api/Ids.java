package presence.api;

import static presence.command.ErrorCode.INVALID_ID;

import java.util.regex.Pattern;

/** The form of ids, which callers choose. */
public final class Ids {
    /** What an id has to look like. */
    public static final String FORM = "1 to 128 characters of A–Z a–z 0–9 . _ - : @";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");

    private Ids() {}

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * The text, if it is an id.
     *
     * @throws BadInput if it is not
     */
    public static String checked(String what, String text) {
        if (!isId(text)) {
            String shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
            throw new BadInput(INVALID_ID, "The " + what + " is '" + shown + "'; expected " + FORM + ".");
        }
        return text;
    }
}
