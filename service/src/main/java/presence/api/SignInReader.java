package presence.api;

import static presence.command.ErrorCode.INVALID_VALUE;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what somebody shows who signs in. It is never quoted. Thread-safe. */
public final class SignInReader {
    private static final int LONGEST = 256;

    private SignInReader() {}

    /** The key, as it was typed; blanks around it do not count. */
    public static String key(JsonNode body) {
        Fields fields = new Fields(body);
        boolean quotable = !fields.has("key") || isKey(body.path("key"));
        if (!quotable) {
            fields.fault("key", INVALID_VALUE, "This is no key; expected one such as pk_… in a text.");
        }
        String key = quotable ? fields.text("key", LONGEST) : "";
        fields.check();
        return key.strip();
    }

    private static boolean isKey(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : "";
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.chars().allMatch(character -> character > ' ' - 1 && character < 0x7f);
    }
}
