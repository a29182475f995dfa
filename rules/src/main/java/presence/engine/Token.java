package presence.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word or sign of a rule file. Comments and white space are none.
 *
 * @param kind what it is
 * @param text as it stands in the file; a string without its quotes
 * @param line the line where it stands, from 1
 * @param column the column where it begins, from 1
 */
record Token(Kind kind, String text, int line, int column) {
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
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@-]{1," + RuleLimits.TEXT + "}");
    private static final Pattern VARIABLE = Pattern.compile("\\$[a-z][A-Za-z0-9]{0," + (RuleLimits.VARIABLE - 2) + "}");
    private static final int MOST_SHOWN = 60;

    boolean is(String sign) {
        return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(sign);
    }

    /** Whether it is a text in the form that all ids have. */
    boolean isId() {
        return kind == Kind.STRING && ID.matcher(text).matches();
    }

    /** Whether it is a {@code $name} that can be given. */
    boolean isVariable() {
        return kind == Kind.VARIABLE && VARIABLE.matcher(text).matches();
    }

    Place place() {
        return Place.of(line, column, written().length());
    }

    /** As a reader of a fault wants to see it. */
    String shown() {
        String some = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
        return switch (kind) {
            case STRING -> "\"" + some + "\"";
            case END_OF_FILE -> "the end of the file";
            default -> "'" + some + "'" + (some.chars().allMatch(c -> c < 0x7F) ? "" : named(text.codePointAt(0)));
        };
    }

    /** A sign that looks like another must be told by its name. */
    private static String named(int sign) {
        return String.format(Locale.ROOT, " (U+%04X, %s)", sign, Character.getName(sign));
    }

    private String written() {
        return kind == Kind.STRING ? "\"" + text + "\"" : text;
    }

    /**
     * The tokens as a file again, each in its place, with nothing but spaces and line ends between them. What is compiled
     * is this and not what was read, so that the compiler sees nothing that was not understood here.
     */
    static String written(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int line = 1;
        int column = 1;
        for (Token token : tokens) {
            if (token.line > line) {
                text.append("\n".repeat(token.line - line));
                line = token.line;
                column = 1;
            }
            text.append(" ".repeat(token.column - column)).append(token.written());
            column = token.column + token.written().length();
        }
        return text.append('\n').toString();
    }

    /** The tokens without anything between them, as they are compared. */
    static String joined(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.written()));
        return text.toString();
    }

    /**
     * Reads a file.
     *
     * @throws FormException if there is a sign that no rule file needs. A backslash is one: to a compiler it can stand
     *     for any other sign, even in a comment.
     */
    static List<Token> read(String text) {
        checkSigns(text);
        List<Token> tokens = new ArrayList<>();
        int line = 1;
        int lineStart = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int from = at;
            int column = at - lineStart + 1;
            if (c == '\n') {
                line++;
                at++;
                lineStart = at;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("//", at)) {
                at = endOfLine(text, at);
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new FormException(
                            FaultKind.SYNTAX,
                            Place.of(line, column, 2),
                            "The comment has no end; write */ where it ends.");
                }
                at = end + 2;
                for (int i = from; i < at; i++) {
                    if (text.charAt(i) == '\n') {
                        line++;
                        lineStart = i + 1;
                    }
                }
            } else if (c == '"') {
                int end = text.indexOf('"', at + 1);
                if (end < 0 || end > endOfLine(text, at)) {
                    throw new FormException(
                            FaultKind.SYNTAX, Place.of(line, column, 1), "The text has no closing \" on its line.");
                }
                at = end + 1;
                tokens.add(new Token(Kind.STRING, text.substring(from + 1, end), line, column));
            } else if (isDigit(c)) {
                while (at < text.length()
                        && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                tokens.add(new Token(Kind.NUMBER, text.substring(from, at), line, column));
            } else if (isLetter(c) || c == '$') {
                do {
                    at++;
                } while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at))));
                tokens.add(new Token(c == '$' ? Kind.VARIABLE : Kind.NAME, text.substring(from, at), line, column));
            } else if (c == '\'') {
                throw new FormException(
                        FaultKind.SYNTAX, Place.of(line, column, 1), "Text stands between double quotes: \"…\".");
            } else {
                String sign = LONG_SIGNS.stream()
                        .filter(candidate -> text.startsWith(candidate, from))
                        .findFirst()
                        .orElse(Character.toString(text.codePointAt(from)));
                at += sign.length();
                tokens.add(new Token(Kind.SIGN, sign, line, column));
            }
        }
        tokens.add(new Token(Kind.END_OF_FILE, "", line, at - lineStart + 1));
        return tokens;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /**
     * Comments and texts may hold letters of any language, but nothing that cannot be seen, that shows other signs in
     * another order, or that could end them unseen. Lines are short, so that everything on them is in sight.
     */
    private static void checkSigns(String text) {
        int line = 1;
        int lineStart = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int sign = text.codePointAt(at);
            int column = at - lineStart + 1;
            if (sign == '\n') {
                line++;
                lineStart = at + 1;
            } else if (column > RuleLimits.LINE) {
                throw new FormException(
                        FaultKind.LIMIT,
                        Place.of(line, column, 1),
                        "The line has more than " + RuleLimits.LINE + " signs; break it.");
            } else if (sign == '\\') {
                throw new FormException(
                        FaultKind.SYNTAX,
                        Place.of(line, column, 1),
                        "A backslash is not allowed anywhere in a rule file; leave it out.");
            } else if (!isSeen(sign) && !(sign == '\r' && endsLine(text, at + 1))) {
                throw new FormException(
                        FaultKind.SYNTAX,
                        Place.of(line, column, 1),
                        "There is an invisible control character" + named(sign) + "; leave it out.");
            }
        }
    }

    private static boolean endsLine(String text, int at) {
        return at == text.length() || text.charAt(at) == '\n';
    }

    private static boolean isSeen(int sign) {
        return sign == '\t'
                || switch (Character.getType(sign)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
