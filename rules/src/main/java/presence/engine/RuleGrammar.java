package presence.engine;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import presence.engine.Token.Kind;
import presence.facts.Agent;
import presence.facts.Deadline;
import presence.facts.OfferMissed;
import presence.facts.ProfileSelected;
import presence.facts.QueueStaffing;

/**
 * The language of a rule file: as much of the engine's as rules need, and no more. What it does not know is a fault, so
 * that nothing gets by unseen.
 *
 * <p>Reads one file, once. One thread.
 */
final class RuleGrammar {
    static final String TIMER = "timer( expr: 0, 1; start=$at, repeat-limit=1 )";

    private static final List<String> TIMER_TOKENS = shown(Token.read(TIMER));
    private static final int MOST_NESTED = 20;

    private static final Map<String, String> NOT_IN_A_FILE = Map.ofEntries(
            Map.entry("package", "The folder gives the package; leave the line out."),
            Map.entry("import", "The whole vocabulary is there without an import; leave the line out."),
            Map.entry("global", "The verdict is there without a declaration; leave the line out."),
            Map.entry("function", "A rule file holds no functions; write the condition in the rule."),
            Map.entry("declare", "A rule file declares no facts; the vocabulary is in the handbook."),
            Map.entry("query", "A rule file holds no queries; write a rule with a conclusion."),
            Map.entry("dialect", "A rule file has no settings; leave the line out."),
            Map.entry("unit", "A rule file has no settings; leave the line out."));

    private static final String ID_ORDER = "the order of the ids decides which claim wins; leave it out.";
    private static final Map<String, String> NOT_ON_A_RULE = Map.ofEntries(
            Map.entry("salience", ID_ORDER),
            Map.entry("agenda-group", ID_ORDER),
            Map.entry("ruleflow-group", ID_ORDER),
            Map.entry("activation-group", ID_ORDER),
            Map.entry("auto-focus", ID_ORDER),
            Map.entry("no-loop", "facts are never changed by rules, so no rule can loop; leave it out."),
            Map.entry("lock-on-active", "facts are never changed by rules, so no rule can loop; leave it out."),
            Map.entry("enabled", "delete a rule that is not wanted; the history keeps it."),
            Map.entry("date-effective", "a rule holds at all times; release it when it should begin to hold."),
            Map.entry("date-expires", "a rule holds at all times; delete it when it should no longer hold."),
            Map.entry("duration", "only files in profiles/ wait, with " + TIMER + "."),
            Map.entry("dialect", "leave it out."),
            Map.entry("extends", "each rule says all its conditions itself; write them out."));

    private static final Map<String, String> NOT_IN_CONDITIONS = Map.of(
            "eval", "write the condition inside the fact's parentheses.",
            "from", "a rule reads facts only as they are; name a fact of the vocabulary.",
            "accumulate", "counts come as facts, such as Agent.load or QueueStaffing.eligible.",
            "collect", "counts come as facts, such as Agent.load or QueueStaffing.eligible.",
            "acc", "counts come as facts, such as Agent.load or QueueStaffing.eligible.",
            "forall", "write not and the opposite condition.",
            "or", "write a rule for each case.",
            "over", "a rule sees the facts of one instant; leave it out.");

    /** A rule as far as it could be read. */
    record Parsed(String name, int line, int endLine, boolean timer) {}

    private final String file;
    private final List<Token> tokens;
    private final List<RuleFault> faults = new ArrayList<>();
    private final List<Parsed> rules = new ArrayList<>();
    private int at;
    private int nested;

    /** What the rule being read has bound: {@code $name} to its kind. */
    private final Map<String, ValueType> bound = new HashMap<>();

    /** The facts that the rule being read needs. */
    private final Set<Class<?>> read = new HashSet<>();

    /** The fact within whose parentheses we are. */
    private @Nullable Class<? extends Record> fact;

    private RuleGrammar(String file, List<Token> tokens) {
        this.file = file;
        this.tokens = tokens;
    }

    /** Reads a file and notes its faults. */
    static List<Parsed> read(RuleFile file, List<RuleFault> faults) {
        RuleGrammar grammar;
        try {
            grammar = new RuleGrammar(file.path(), Token.read(file.text()));
        } catch (FormException e) {
            faults.add(new RuleFault(file.path(), e.line(), e.fault()));
            return List.of();
        }
        grammar.file();
        faults.addAll(grammar.faults);
        return grammar.rules;
    }

    // --- the file

    private void file() {
        while (peek().kind() != Kind.END_OF_FILE) {
            Token start = peek();
            if (!start.is("rule")) {
                fault(
                        start.line(),
                        NOT_IN_A_FILE.getOrDefault(
                                start.text(),
                                "A rule file holds rules and comments only; expected rule \"ID Sentence\" and found "
                                        + start.shown() + "."));
                skipToRule();
                continue;
            }
            at++;
            if (peek().kind() != Kind.STRING) {
                fault(
                        start.line(),
                        "Expected the rule's name, such as rule \"STATUS-050 An agent with work is busy\"" + "; found "
                                + peek().shown() + ".");
                skipToRule();
                continue;
            }
            String name = next().text();
            int faultsBefore = faults.size();
            boolean timer = false;
            try {
                timer = rule(name, start.line());
            } catch (FormException e) {
                fault(e.line(), e.fault());
                skipToRule();
            }
            int endLine = tokens.get(Math.max(at - 1, 0)).line();
            for (RuleFault fault : faults.subList(faultsBefore, faults.size())) {
                endLine = Math.max(endLine, fault.line());
            }
            rules.add(new Parsed(name, start.line(), endLine, timer));
        }
    }

    /** A rule begins where the word is followed by a text: nowhere else does it. */
    private void skipToRule() {
        while (peek().kind() != Kind.END_OF_FILE
                && !(peek().is("rule") && tokens.get(at + 1).kind() == Kind.STRING)) {
            at++;
        }
    }

    // --- a rule

    private boolean rule(String name, int line) {
        bound.clear();
        read.clear();
        nested = 0;
        @Nullable Token timer = attributes();
        expect("when", "Expected 'when' and the rule's conditions");
        boolean any = false;
        while (!peek().is("then")) {
            condition();
            any = true;
        }
        if (!any) {
            fault(
                    peek().line(),
                    "The rule has no condition and would hold always; name the fact it reads, such as"
                            + " Agent( signedIn ).");
        }
        checkTimer(timer, line);
        int then = next().line();
        any = false;
        while (!peek().is("end")) {
            conclusion();
            any = true;
        }
        if (!any) {
            fault(then, "The rule concludes nothing; write what follows, such as verdict.status( Status.BUSY );");
        }
        at++;
        if (name.length() > 200) {
            fault(line, "The rule's name has " + name.length() + " characters; expected 200 at most.");
        }
        return timer != null;
    }

    private @Nullable Token attributes() {
        @Nullable Token timer = null;
        while (!peek().is("when")) {
            Token attribute = peek();
            if (attribute.is("then")) {
                throw new FormException(attribute.line(), "The rule has no 'when'; write when and the conditions.");
            }
            if (!attribute.is("timer")) {
                String word = hyphenated();
                throw new FormException(
                        attribute.line(),
                        attribute.is("@")
                                ? "A rule carries no annotations; leave it out."
                                : "'" + word + "' is not allowed on a rule: "
                                        + NOT_ON_A_RULE.getOrDefault(
                                                word, "expected 'when', or in profiles/ " + TIMER + "."));
            }
            int from = at;
            at++;
            skipParentheses();
            List<String> came = shown(tokens.subList(from, at));
            if (!file.startsWith("profiles/")) {
                fault(
                        attribute.line(),
                        "A timer is allowed in profiles/ only; nothing else waits. Leave it out, or"
                                + " move the rule.");
            } else if (timer != null) {
                fault(attribute.line(), "The rule has two timers; leave one out.");
            } else if (!came.equals(TIMER_TOKENS)) {
                fault(
                        attribute.line(),
                        "The timer has another form than the one that is known to fire exactly once;" + " write "
                                + TIMER);
            }
            timer = attribute;
        }
        return timer;
    }

    private String hyphenated() {
        StringBuilder word = new StringBuilder(next().text());
        while (peek().is("-") && tokens.get(at + 1).kind() == Kind.NAME) {
            word.append('-').append(tokens.get(at + 1).text());
            at += 2;
        }
        return word.toString();
    }

    private void skipParentheses() {
        int depth = 0;
        do {
            Token token = next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.kind() == Kind.END_OF_FILE || token.is("when")) {
                throw new FormException(token.line(), "The timer's parentheses are not closed; write " + TIMER);
            }
        } while (depth > 0);
    }

    private void checkTimer(@Nullable Token timer, int line) {
        List<String> deadlines = read.stream()
                .filter(Deadline.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .sorted()
                .toList();
        if (timer == null && !deadlines.isEmpty()) {
            fault(line, "A rule about " + deadlines.get(0) + " waits for its time; write " + TIMER + " above 'when'.");
        } else if (timer != null && (deadlines.isEmpty() || read.size() > 1)) {
            fault(
                    timer.line(),
                    "A rule with a timer reads its deadline and nothing else; expected one of "
                            + Vocabulary.names(Arrays.asList(Deadline.class.getPermittedSubclasses())) + ".");
        } else if (timer != null && !ValueType.NUMBER.equals(bound.get("$at"))) {
            fault(timer.line(), "The timer starts at $at; bind it to the deadline's time: $at : at");
        }
    }

    // --- conditions

    private void condition() {
        Token start = peek();
        if (start.is("not") || start.is("exists")) {
            at++;
            boolean parentheses = peek().is("(");
            at += parentheses ? 1 : 0;
            Map<String, ValueType> outside = new HashMap<>(bound);
            Set<Class<?>> needed = new HashSet<>(read);
            pattern();
            bound.keySet().retainAll(outside.keySet());
            if (start.is("not")) {
                read.retainAll(needed);
            }
            if (parentheses) {
                expect(")", "Expected ) after the fact");
            }
            return;
        }
        pattern();
    }

    private void pattern() {
        @Nullable Token name = null;
        if (peek().kind() == Kind.VARIABLE) {
            name = next();
            expect(":", "Expected : and a fact after " + name.shown());
        }
        Token type = peek();
        if (type.kind() != Kind.NAME) {
            throw new FormException(
                    type.line(), "Expected a fact, such as Agent( signedIn ); found " + type.shown() + ".");
        }
        if (NOT_IN_CONDITIONS.containsKey(type.text())) {
            throw new FormException(
                    type.line(), "'" + type.text() + "' is not allowed: " + NOT_IN_CONDITIONS.get(type.text()));
        }
        at++;
        Optional<Class<? extends Record>> known = Vocabulary.fact(type.text());
        if (known.isEmpty()) {
            throw new FormException(
                    type.line(),
                    "There is no fact '" + type.text() + "'."
                            + Suggestion.maybe(type.text(), Vocabulary.names(Vocabulary.facts())));
        }
        fact = known.get();
        read.add(known.get());
        if (name != null) {
            bind(name, ValueType.of(known.get()));
        }
        expect("(", "Expected ( after " + type.text());
        if (!peek().is(")")) {
            constraint();
            while (peek().is(",")) {
                at++;
                constraint();
            }
        }
        expect(")", "Expected , and another condition, or ) where the fact ends");
        if (NOT_IN_CONDITIONS.containsKey(peek().text())) {
            throw new FormException(
                    peek().line(), "'" + peek().text() + "' is not allowed: " + NOT_IN_CONDITIONS.get(peek().text()));
        }
    }

    private void constraint() {
        if (peek().kind() == Kind.VARIABLE && tokens.get(at + 1).is(":")) {
            Token name = next();
            at++;
            Token field = next();
            if (field.kind() != Kind.NAME || !(peek().is(",") || peek().is(")"))) {
                throw new FormException(
                        field.line(),
                        "Expected a field alone after " + name.text() + " :, such as " + name.text() + " : id; found "
                                + field.shown() + " " + peek().shown() + ".");
            }
            bind(name, field(field));
            return;
        }
        Token start = peek();
        ValueType type = either();
        if (!type.isYesOrNo()) {
            fault(
                    start.line(),
                    "Expected a condition that is true or not; '" + start.text() + "' is " + type.shown()
                            + ". Compare it with something.");
        }
    }

    private void bind(Token name, ValueType type) {
        if (bound.putIfAbsent(name.text(), type) != null) {
            fault(name.line(), "The name " + name.text() + " is used twice in this rule; choose another.");
        }
    }

    private ValueType either() {
        ValueType type = both();
        while (peek().is("||")) {
            Token sign = next();
            type = bothYesOrNo(sign, type, both());
        }
        return type;
    }

    private ValueType both() {
        ValueType type = opposite();
        while (peek().is("&&")) {
            Token sign = next();
            type = bothYesOrNo(sign, type, opposite());
        }
        return type;
    }

    private ValueType bothYesOrNo(Token sign, ValueType left, ValueType right) {
        if (!left.isYesOrNo() || !right.isYesOrNo()) {
            fault(
                    sign.line(),
                    "Expected a condition on both sides of " + sign.text() + "; came " + left.shown() + " and "
                            + right.shown() + ".");
        }
        return ValueType.YES_OR_NO;
    }

    private ValueType opposite() {
        if (!peek().is("!")) {
            return comparison();
        }
        Token sign = next();
        ValueType type = value();
        if (!type.isYesOrNo()) {
            fault(sign.line(), "Expected a field that is yes or no after !; came " + type.shown() + ".");
        }
        return ValueType.YES_OR_NO;
    }

    private ValueType comparison() {
        ValueType left = sum();
        Token sign = peek();
        switch (sign.text()) {
            case "==", "!=" -> {
                at++;
                ValueType right = sum();
                if (!left.comparableWith(right)) {
                    fault(sign.line(), cannot(left, right, "be compared"));
                }
                return ValueType.YES_OR_NO;
            }
            case "<", "<=", ">", ">=" -> {
                at++;
                ValueType right = sum();
                if (!left.isNumber() || !right.isNumber()) {
                    fault(sign.line(), cannot(left, right, "be compared by " + sign.text() + "; expected numbers"));
                }
                return ValueType.YES_OR_NO;
            }
            case "not", "contains", "memberOf", "in" -> {
                at += sign.is("not") ? 1 : 0;
                return membership(left);
            }
            case "matches", "soundslike", "str", "excludes" ->
                throw new FormException(
                        sign.line(),
                        "'" + sign.text() + "' is not allowed; expected ==, !=, <, <=, >, >=, contains,"
                                + " memberOf or in.");
            default -> {
                return left;
            }
        }
    }

    private ValueType membership(ValueType left) {
        Token sign = next();
        if (sign.is("contains")) {
            ValueType right = sum();
            if (!left.canHold(right)) {
                fault(
                        sign.line(),
                        "Expected a set on the left of contains and what it may hold on the right; came " + left.shown()
                                + " and " + right.shown() + ".");
            }
        } else if (sign.is("memberOf")) {
            ValueType right = sum();
            if (!right.canHold(left)) {
                fault(
                        sign.line(),
                        "Expected a set on the right of memberOf and what it may hold on the left; came " + left.shown()
                                + " and " + right.shown() + ".");
            }
        } else if (sign.is("in")) {
            expect("(", "Expected ( after in");
            do {
                ValueType right = sum();
                if (!left.comparableWith(right)) {
                    fault(sign.line(), cannot(left, right, "be compared"));
                }
            } while (comma());
            expect(")", "Expected , or ) in the list");
        } else {
            throw new FormException(
                    sign.line(), "Expected contains, memberOf or in after not; found " + sign.shown() + ".");
        }
        return ValueType.YES_OR_NO;
    }

    private static String cannot(ValueType left, ValueType right, String what) {
        return left.shown() + " and " + right.shown() + " cannot " + what + ".";
    }

    private ValueType sum() {
        ValueType type = value();
        while (peek().is("+") || peek().is("-")) {
            Token sign = next();
            ValueType right = value();
            if (!type.isNumber() || !right.isNumber()) {
                fault(sign.line(), cannot(type, right, "be added or subtracted; expected numbers"));
            }
            type = ValueType.NUMBER;
        }
        return type;
    }

    private ValueType value() {
        Token token = next();
        switch (token.kind()) {
            case NUMBER -> {
                if (!token.text().equals("0")) {
                    fault(
                            token.line(),
                            "The number " + token.text() + " stands in a condition; limits belong to the"
                                    + " policy, so that they can be changed without the rules. Read it from a policy fact,"
                                    + " such as Capacity( $limit : limit ).");
                }
                return ValueType.NUMBER;
            }
            case STRING -> {
                return ValueType.TEXT;
            }
            case VARIABLE -> {
                return variable(token);
            }
            case NAME -> {
                return named(token);
            }
            default -> {
                if (!token.is("(")) {
                    throw new FormException(
                            token.line(), "Expected a field, a value or a $name; found " + token.shown() + ".");
                }
                if (++nested > MOST_NESTED) {
                    throw new FormException(token.line(), "The parentheses are nested too deeply; write two rules.");
                }
                ValueType type = either();
                expect(")", "Expected )");
                nested--;
                return type;
            }
        }
    }

    private ValueType variable(Token token) {
        ValueType type = bound.get(token.text());
        if (type == null) {
            fault(
                    token.line(),
                    "Nothing is named " + token.text() + " in this rule."
                            + Suggestion.maybe(token.text(), bound.keySet()));
            return ValueType.UNKNOWN;
        }
        return type;
    }

    /** A field, a field's size, a question of the fact, or a value of a list. */
    private ValueType named(Token token) {
        if (token.is("true") || token.is("false")) {
            return ValueType.YES_OR_NO;
        }
        if (token.is("null")) {
            return ValueType.NULL;
        }
        if (NOT_IN_CONDITIONS.containsKey(token.text())) {
            throw new FormException(
                    token.line(), "'" + token.text() + "' is not allowed: " + NOT_IN_CONDITIONS.get(token.text()));
        }
        if (peek().is(".")) {
            Optional<Class<? extends Enum<?>>> values = Vocabulary.valuesNamed(token.text());
            if (values.isPresent()) {
                return constant(values.get());
            }
        }
        if (peek().is("(")) {
            return question(token);
        }
        ValueType type = field(token);
        if (peek().is(".")) {
            at++;
            Token part = next();
            if (!type.equals(ValueType.UNKNOWN) && (!type.isSet() || !part.is("size"))) {
                throw new FormException(
                        part.line(),
                        "'" + token.text() + "' is " + type.shown() + " and has no " + part.shown() + "."
                                + (type.isSet() ? " A set has a 'size'." : ""));
            }
            if (peek().is("(") || peek().is(".")) {
                throw new FormException(
                        part.line(),
                        "Expected a comparison after '" + token.text() + "." + part.text() + "'; found "
                                + peek().shown() + ".");
            }
            return type.equals(ValueType.UNKNOWN) ? type : ValueType.NUMBER;
        }
        return type;
    }

    private ValueType constant(Class<? extends Enum<?>> values) {
        at++;
        Token constant = next();
        List<String> known = Vocabulary.constants(values);
        if (!known.contains(constant.text())) {
            fault(
                    constant.line(),
                    values.getSimpleName() + " has no '" + constant.text() + "'."
                            + Suggestion.maybe(constant.text(), known));
        }
        if (peek().is(".") || peek().is("(")) {
            throw new FormException(
                    constant.line(),
                    "Expected nothing more of " + values.getSimpleName() + "." + constant.text() + "; found "
                            + peek().shown() + ".");
        }
        return ValueType.of(values);
    }

    private ValueType question(Token name) {
        Class<? extends Record> asked = currentFact();
        List<Method> questions = Vocabulary.questions(asked);
        Optional<Method> known = questions.stream()
                .filter(method -> method.getName().equals(name.text()))
                .findFirst();
        boolean field = Vocabulary.field(asked, name.text()).isPresent();
        if (known.isEmpty() || tokens.get(at + 1).is(")")) {
            throw new FormException(
                    name.line(),
                    field
                            ? "'" + name.text() + "' is a field; write it without parentheses."
                            : asked.getSimpleName() + " answers no '" + name.text() + "( … )'."
                                    + Suggestion.maybe(
                                            name.text(),
                                            questions.stream()
                                                    .map(Method::getName)
                                                    .collect(Collectors.toSet())));
        }
        at++;
        Token argument = peek();
        ValueType came = sum();
        ValueType expected = ValueType.of(known.get().getGenericParameterTypes()[0]);
        if (!came.equals(expected) && !came.equals(ValueType.UNKNOWN)) {
            fault(argument.line(), name.text() + " asks for a " + expected.shown() + "; came " + came.shown() + ".");
        }
        expect(")", "Expected )");
        return ValueType.of(known.get().getGenericReturnType());
    }

    private ValueType field(Token name) {
        Class<? extends Record> asked = currentFact();
        Optional<RecordComponent> field = Vocabulary.field(asked, name.text());
        if (field.isPresent()) {
            return ValueType.of(field.get().getGenericType());
        }
        String values = Vocabulary.values().stream()
                .filter(list -> Vocabulary.constants(list).contains(name.text()))
                .map(list -> "'" + list.getSimpleName() + "." + name.text() + "'")
                .collect(Collectors.joining(" or "));
        String hint =
                values.isEmpty() ? Suggestion.maybe(name.text(), Vocabulary.fields(asked)) : " Maybe " + values + ".";
        fault(name.line(), asked.getSimpleName() + " has no field '" + name.text() + "'." + hint);
        if (peek().is("(")) {
            throw new FormException(name.line(), "'" + name.text() + "( … )' is not allowed here.");
        }
        return ValueType.UNKNOWN;
    }

    private Class<? extends Record> currentFact() {
        if (fact == null) {
            throw new IllegalStateException("No fact is being read");
        }
        return fact;
    }

    // --- conclusions

    private void conclusion() {
        Token start = next();
        if (!start.is("verdict") || !peek().is(".")) {
            throw new FormException(
                    start.line(),
                    "A rule only concludes: expected verdict. and a conclusion, or end; found " + start.shown() + ".");
        }
        at++;
        Token name = next();
        List<Method> known = Vocabulary.conclusions().stream()
                .filter(method -> method.getName().equals(name.text()))
                .toList();
        if (known.isEmpty()) {
            throw new FormException(
                    name.line(),
                    "There is no conclusion '" + name.text() + "'."
                            + Suggestion.maybe(
                                    name.text(),
                                    Vocabulary.conclusions().stream()
                                            .map(Method::getName)
                                            .collect(Collectors.toSet())));
        }
        expect("(", "Expected ( after " + name.text());
        List<ValueType> arguments = new ArrayList<>();
        if (!peek().is(")")) {
            do {
                arguments.add(argument());
            } while (comma());
        }
        expect(")", "Expected , or ) in the conclusion");
        expect(";", "Expected ; after the conclusion");
        if (known.stream().noneMatch(method -> takes(method, arguments))) {
            fault(
                    name.line(),
                    name.text() + " takes "
                            + known.stream().map(RuleGrammar::parameters).collect(Collectors.joining(" or "))
                            + "; came ("
                            + arguments.stream().map(ValueType::shown).collect(Collectors.joining(", ")) + ").");
        }
        Class<?> about = about(known.get(0));
        if (!read.contains(about)) {
            fault(
                    name.line(),
                    "'" + name.text() + "' is a conclusion about a fact that the rule does not read; add "
                            + about.getSimpleName() + "( … ) to its conditions.");
        }
    }

    private ValueType argument() {
        Token token = next();
        if (token.kind() == Kind.NUMBER) {
            boolean rank = token.text().length() <= 2 && token.text().chars().allMatch(Character::isDigit);
            if (!rank) {
                fault(token.line(), "The number is " + token.text() + "; expected 0 to " + Verdict.UNRANKED + ".");
            }
            return ValueType.NUMBER;
        }
        if (token.kind() == Kind.STRING) {
            return ValueType.TEXT;
        }
        if (token.kind() == Kind.VARIABLE) {
            return variable(token);
        }
        if (token.kind() == Kind.NAME && peek().is(".")) {
            Optional<Class<? extends Enum<?>>> values = Vocabulary.valuesNamed(token.text());
            if (values.isPresent()) {
                return constant(values.get());
            }
        }
        throw new FormException(
                token.line(),
                "Expected a value of a list, such as Status.BUSY, or a $name of the conditions; found " + token.shown()
                        + "." + Suggestion.maybe(token.text(), Vocabulary.names(Vocabulary.values())));
    }

    private static boolean takes(Method method, List<ValueType> arguments) {
        if (method.getParameterCount() != arguments.size()) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            ValueType expected = ValueType.of(method.getGenericParameterTypes()[i]);
            if (!arguments.get(i).equals(expected) && !arguments.get(i).equals(ValueType.UNKNOWN)) {
                return false;
            }
        }
        return true;
    }

    private static String parameters(Method method) {
        return java.util.Arrays.stream(method.getGenericParameterTypes())
                .map(type -> ValueType.of(type).shown())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** The fact that has to be there for the conclusion to be about anything. */
    private static Class<?> about(Method conclusion) {
        for (Class<?> parameter : conclusion.getParameterTypes()) {
            if (Deadline.class.isAssignableFrom(parameter)) {
                return parameter;
            }
        }
        return switch (conclusion.getName()) {
            case "openReserve" -> QueueStaffing.class;
            case "joinGroup" -> ProfileSelected.class;
            case "notReady" -> OfferMissed.class;
            default -> Agent.class;
        };
    }

    // --- tokens

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END_OF_FILE) {
            at++;
        }
        return token;
    }

    private boolean comma() {
        boolean comma = peek().is(",");
        at += comma ? 1 : 0;
        return comma;
    }

    private void expect(String sign, String otherwise) {
        Token token = peek();
        if (!token.is(sign)) {
            throw new FormException(token.line(), otherwise + "; found " + token.shown() + ".");
        }
        at++;
    }

    private void fault(int line, String message) {
        faults.add(new RuleFault(file, line, message));
    }

    private static List<String> shown(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() != Kind.END_OF_FILE)
                .map(Token::shown)
                .toList();
    }
}
