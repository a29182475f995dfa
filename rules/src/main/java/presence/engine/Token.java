package presence.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A word or sign of a rule file. Comments and white space are none.
 *
 * @param kind what it is
 * @param text as it stands in the file; a string without its quotes
 * @param line where it stands, from 1
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        NAME,
        /** {@code $name} */
        VARIABLE,
        STRING,
        NUMBER,
        SIGN,
        END_OF_FILE
    }

    private static final List<String> LONG_SIGNS = List.of("==", "!=", "<=", ">=", "&&", "||", ":=", "->");

    boolean is(String sign) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
    }

    /** As a reader of a fault wants to see it. */
    String shown() {
        return switch (kind) {
            case STRING -> "\"" + text + "\"";
            case END_OF_FILE -> "the end of the file";
            default -> "'" + text + "'";
        };
    }

    /**
     * Reads a file.
     *
     * @throws FormException if there is a sign that no rule file needs. A backslash is one: to the compiler of
     *     consequences it can stand for any other sign, even in a comment.
     */
    static List<Token> read(String text) {
        List<Token> tokens = new ArrayList<>();
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int from = at;
            if (c == '\n') {
                line++;
                at++;
            } else if (c == ' ' || c == '\t' || (c == '\r' && text.startsWith("\r\n", at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = endOfLine(text, at);
                checkText(text.substring(from, at), line);
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new FormException(line, "The comment has no end; write */ where it ends.");
                }
                at = end + 2;
                line = checkText(text.substring(from, at), line);
            } else if (c == '"') {
                int end = text.indexOf('"', at + 1);
                if (end < 0 || end > endOfLine(text, at)) {
                    throw new FormException(line, "The text has no closing \" on its line.");
                }
                at = end + 1;
                checkText(text.substring(from, at), line);
                tokens.add(new Token(Kind.STRING, text.substring(from + 1, end), line));
            } else if (isDigit(c)) {
                while (at < text.length()
                        && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                tokens.add(new Token(Kind.NUMBER, text.substring(from, at), line));
            } else if (isLetter(c) || c == '$') {
                do {
                    at++;
                } while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at))));
                tokens.add(new Token(c == '$' ? Kind.VARIABLE : Kind.NAME, text.substring(from, at), line));
            } else {
                checkText(String.valueOf(c), line);
                if (c == '\'') {
                    throw new FormException(line, "Text stands between double quotes: \"…\".");
                }
                String sign = LONG_SIGNS.stream()
                        .filter(candidate -> text.startsWith(candidate, from))
                        .findFirst()
                        .orElse(String.valueOf(c));
                at += sign.length();
                tokens.add(new Token(Kind.SIGN, sign, line));
            }
        }
        tokens.add(new Token(Kind.END_OF_FILE, "", line));
        return tokens;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Comments and texts may hold letters of any language, but nothing that could end them unseen. */
    private static int checkText(String part, int firstLine) {
        int line = firstLine;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                throw new FormException(line, "A backslash is not allowed anywhere in a rule file; leave it out.");
            }
            boolean lineEnd = c == '\n' || (c == '\r' && (i + 1 == part.length() || part.charAt(i + 1) == '\n'));
            if ((Character.isISOControl(c) && c != '\t' && !lineEnd) || turnsText(c)) {
                throw new FormException(
                        line, "There is an invisible control character (code " + (int) c + "); leave it out.");
            }
            line += c == '\n' ? 1 : 0;
        }
        return line;
    }

    /** Signs that make an editor show text in another order than the compiler reads it. */
    private static boolean turnsText(char c) {
        return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
