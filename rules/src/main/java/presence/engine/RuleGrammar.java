package presence.engine;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import presence.engine.Token.Kind;
import presence.facts.Deadline;
import presence.facts.TimeOfDay;

/**
 * The language of a rule file: as much of the engine's as rules need, and no more. What it does not know is a fault, so
 * that nothing gets by unseen.
 *
 * <p>Reads one file, once. One thread.
 */
final class RuleGrammar {
    static final String TIMER = "timer( expr: 0, 1; start=$at, repeat-limit=1 )";

    private static final List<String> TIMER_TOKENS = shown(Token.read(TIMER));
    private static final Pattern RANK = Pattern.compile("0|[1-9][0-9]?");

    /** However many more, it is one fault. */
    private static final int TOO_MANY_TIMES = 1_000_000;

    /** A time of day is no limit of the policy: rules may name one. */
    private static final Pattern TIME_OF_DAY = Pattern.compile(TimeOfDay.FORM);

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

    /**
     * A rule as far as it could be read.
     *
     * @param name its name
     * @param line the line it begins at
     * @param timer whether it waits
     * @param facts the facts that it reads, as the engine should find them
     * @param conclusions its conclusions, as the engine should find them
     * @param statement what it looks at and what it concludes
     */
    record Parsed(Token name, int line, boolean timer, List<String> facts, String conclusions, Statement statement) {}

    /**
     * A file as far as it could be read.
     *
     * @param rules its rules
     * @param source its words and signs without anything else: what the engine may be given if there is no fault
     */
    record Read(List<Parsed> rules, String source) {}

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

    /** The facts that the rule being read names, as the engine should find them. */
    private final List<String> facts = new ArrayList<>();

    /** How many times the rule being read can hold for one case. */
    private int times;

    /** How many fields and values the conditions of the rule being read name. */
    private int values;

    /** The fields that the rule being read looks at, in its order. */
    private final Set<Statement.Field> fields = new LinkedHashSet<>();

    /** The names of what the rule being read concludes. */
    private final Set<String> concluded = new LinkedHashSet<>();

    /** The fact within whose parentheses we are. */
    private @Nullable Class<? extends Record> fact;

    /** Whether the condition being read has read anything. */
    private boolean asked;

    private RuleGrammar(String file, List<Token> tokens) {
        this.file = file;
        this.tokens = tokens;
    }

    /** Reads a file and notes its faults. */
    static Read read(RuleFile file, List<RuleFault> faults) {
        RuleGrammar grammar;
        try {
            grammar = new RuleGrammar(file.path(), Token.read(file.text()));
        } catch (FormException e) {
            faults.add(e.in(file.path()));
            return new Read(List.of(), "");
        }
        try {
            grammar.file();
        } catch (FormException e) {
            grammar.faults.add(e.in(file.path()));
        }
        faults.addAll(grammar.faults);
        return new Read(grammar.rules, Token.written(grammar.tokens));
    }

    // --- the file

    private void file() {
        while (peek().kind() != Kind.END_OF_FILE) {
            if (faults.size() > RuleLimits.FAULTS) {
                return;
            }
            Token start = peek();
            if (!start.is("rule")) {
                fault(
                        FaultKind.FORM,
                        start,
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
                        FaultKind.SYNTAX,
                        start,
                        "Expected the rule's name, such as rule \"STATUS-050 An agent with work is busy\"; found "
                                + peek().shown() + ".");
                skipToRule();
                continue;
            }
            Token name = next();
            try {
                rule(name, start.line());
            } catch (FormException e) {
                faults.add(e.in(file));
                rules.add(new Parsed(name, start.line(), false, List.of(), "", Statement.NOTHING));
                skipToRule();
            }
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

    private void rule(Token name, int line) {
        bound.clear();
        read.clear();
        facts.clear();
        fields.clear();
        concluded.clear();
        nested = 0;
        times = 1;
        values = 0;
        if (name.text().length() > RuleLimits.NAME) {
            fault(
                    FaultKind.LIMIT,
                    name,
                    "The rule's name has " + name.text().length() + " characters; expected " + RuleLimits.NAME
                            + " at most.");
        }
        @Nullable Token timer = attributes();
        expect("when", "Expected 'when' and the rule's conditions");
        while (!peek().is("then")) {
            condition();
        }
        if (facts.isEmpty()) {
            fault(
                    FaultKind.FORM,
                    peek(),
                    "The rule has no condition and would hold always; name the fact it reads, such as"
                            + " Agent( signedIn ).");
        }
        checkCost(name);
        checkTimer(timer, name);
        Token then = next();
        int from = at;
        int conclusions = 0;
        while (!peek().is("end")) {
            conclusion();
            conclusions++;
        }
        if (conclusions == 0) {
            fault(
                    FaultKind.FORM,
                    then,
                    "The rule concludes nothing; write what follows, such as verdict.status( Status.BUSY );");
        } else if (conclusions > RuleLimits.CONCLUSIONS) {
            fault(
                    FaultKind.LIMIT,
                    then,
                    "The rule has " + conclusions + " conclusions; expected " + RuleLimits.CONCLUSIONS
                            + " at most. Write two rules.");
        }
        rules.add(new Parsed(
                name,
                line,
                timer != null,
                List.copyOf(facts),
                Token.joined(tokens.subList(from, at)),
                new Statement(fields, concluded)));
        at++;
    }

    private void checkCost(Token name) {
        if (facts.size() > RuleLimits.FACTS) {
            fault(
                    FaultKind.LIMIT,
                    name,
                    "The rule names " + facts.size() + " facts; expected " + RuleLimits.FACTS
                            + " at most. Write two rules.");
        }
        if (values > RuleLimits.VALUES) {
            fault(
                    FaultKind.LIMIT,
                    name,
                    "The rule's conditions name " + values + " fields and values; expected " + RuleLimits.VALUES
                            + " at most. Write two rules.");
        }
        if (times > RuleLimits.TIMES) {
            fault(
                    FaultKind.LIMIT,
                    name,
                    "The rule names Capacity so often that it can hold " + times + " times for one agent; expected "
                            + RuleLimits.TIMES
                            + " at most. Say of each Capacity which one is meant in a rule of its own.");
        }
    }

    private @Nullable Token attributes() {
        @Nullable Token timer = null;
        while (!peek().is("when")) {
            Token attribute = peek();
            if (attribute.is("then")) {
                throw new FormException(
                        FaultKind.SYNTAX, attribute, "The rule has no 'when'; write when and the conditions.");
            }
            if (attribute.kind() == Kind.END_OF_FILE) {
                throw new FormException(FaultKind.SYNTAX, attribute, "The file ends before the rule's 'when'.");
            }
            if (!attribute.is("timer")) {
                String word = hyphenated();
                throw new FormException(
                        FaultKind.FORM,
                        attribute,
                        attribute.is("@")
                                ? "A rule carries no annotations; leave it out."
                                : "'" + word + "' is not allowed on a rule: "
                                        + NOT_ON_A_RULE.getOrDefault(
                                                word,
                                                "expected 'when', or in profiles/ " + TIMER + "."
                                                        + Suggestion.maybe(word, List.of("when"))));
            }
            int from = at;
            at++;
            skipParentheses();
            List<String> came = shown(tokens.subList(from, at));
            if (!file.startsWith("profiles/")) {
                fault(
                        FaultKind.FORM,
                        attribute,
                        "A timer is allowed in profiles/ only; nothing else waits. Leave it out, or"
                                + " move the rule.");
            } else if (timer != null) {
                fault(FaultKind.FORM, attribute, "The rule has two timers; leave one out.");
            } else if (!came.equals(TIMER_TOKENS)) {
                fault(
                        FaultKind.FORM,
                        attribute,
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
                throw new FormException(
                        FaultKind.SYNTAX, token, "The timer's parentheses are not closed; write " + TIMER);
            }
        } while (depth > 0);
    }

    private void checkTimer(@Nullable Token timer, Token name) {
        List<String> deadlines = read.stream()
                .filter(Deadline.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .sorted()
                .toList();
        if (timer == null && !deadlines.isEmpty()) {
            fault(
                    FaultKind.FORM,
                    name,
                    "A rule about " + deadlines.get(0) + " waits for its time; write " + TIMER + " above 'when'.");
        } else if (timer != null && (deadlines.isEmpty() || facts.size() > 1)) {
            fault(
                    FaultKind.FORM,
                    timer,
                    "A rule with a timer reads its deadline and nothing else, once; expected one of "
                            + Vocabulary.names(Arrays.asList(Deadline.class.getPermittedSubclasses())) + ".");
        } else if (timer != null && !facts.get(0).contains("$at:at")) {
            fault(FaultKind.FORM, timer, "The timer starts at $at; bind it to the deadline's time: $at : at");
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
            Token named = peek();
            Class<? extends Record> looked = pattern(start.text() + " ");
            if (Deadline.class.isAssignableFrom(looked)) {
                fault(
                        FaultKind.FORM,
                        named,
                        "'" + start.text() + "' looks at every " + looked.getSimpleName()
                                + " there is, of all agents; a rule can only wait for one.");
            }
            bound.keySet().retainAll(outside.keySet());
            if (start.is("not")) {
                read.retainAll(needed);
            }
            if (parentheses) {
                expect(")", "Expected ) after the fact");
            }
            return;
        }
        times = Math.min(times * Vocabulary.most(pattern("")), TOO_MANY_TIMES);
    }

    private Class<? extends Record> pattern(String before) {
        StringBuilder shape = new StringBuilder(before);
        @Nullable Token name = null;
        if (peek().kind() == Kind.VARIABLE) {
            name = next();
            expect(":", "Expected : and a fact after " + name.shown());
            shape.append(name.text()).append(':');
        }
        Token type = peek();
        if (type.kind() != Kind.NAME) {
            throw new FormException(
                    FaultKind.SYNTAX, type, "Expected a fact, such as Agent( signedIn ); found " + type.shown() + ".");
        }
        refuseFeature(type);
        at++;
        Optional<Class<? extends Record>> known = Vocabulary.fact(type.text());
        if (known.isEmpty()) {
            throw new FormException(
                    FaultKind.VOCABULARY,
                    type,
                    "There is no fact " + type.shown() + "."
                            + Suggestion.maybe(type.text(), Vocabulary.names(Vocabulary.facts())));
        }
        fact = known.get();
        read.add(known.get());
        if (name != null) {
            bind(name, ValueType.of(known.get()));
        }
        expect("(", "Expected ( after " + type.text());
        List<String> constraints = new ArrayList<>();
        if (!peek().is(")")) {
            do {
                int from = at;
                constraint();
                constraints.add(Token.joined(tokens.subList(from, at)));
            } while (comma());
        }
        expect(")", "Expected , and another condition, or ) where the fact ends");
        refuseFeature(peek());
        facts.add(shape.append(type.text()).append(constraints).toString());
        return known.get();
    }

    private static void refuseFeature(Token word) {
        if (NOT_IN_CONDITIONS.containsKey(word.text())) {
            throw new FormException(
                    FaultKind.FORM,
                    word,
                    "'" + word.text() + "' is not allowed: " + NOT_IN_CONDITIONS.get(word.text()));
        }
    }

    private void constraint() {
        if (peek().kind() == Kind.VARIABLE && tokens.get(at + 1).is(":")) {
            Token name = next();
            at++;
            Token field = next();
            if (field.kind() != Kind.NAME || !(peek().is(",") || peek().is(")"))) {
                throw new FormException(
                        FaultKind.SYNTAX,
                        field,
                        "Expected a field alone after " + name.text() + " :, such as " + name.text() + " : id; found "
                                + field.shown() + " " + peek().shown() + ".");
            }
            bind(name, field(field));
            return;
        }
        Token start = peek();
        int from = at;
        int faultsBefore = faults.size();
        asked = false;
        ValueType type = either();
        if (!type.isYesOrNo()) {
            fault(
                    FaultKind.TYPE,
                    start,
                    "Expected a condition that is true or not; " + start.shown() + " is " + type.shown()
                            + ". Compare it with something.");
        } else if (!asked && faults.size() == faultsBefore) {
            faults.add(new RuleFault(
                    FaultKind.FORM,
                    file,
                    start.place().to(tokens.get(at - 1).place()),
                    "'" + Token.joined(tokens.subList(from, at)) + "' reads nothing and says the same of every "
                            + currentFact().getSimpleName() + "; leave it out, or name a field."));
        }
    }

    private void bind(Token name, ValueType type) {
        if (!name.isVariable()) {
            fault(
                    FaultKind.NAME,
                    name,
                    "The name " + name.shown() + " has another form than names have; expected $, a small letter, and"
                            + " letters and digits, " + RuleLimits.VARIABLE + " signs at most.");
        }
        if (bound.putIfAbsent(name.text(), type) != null) {
            fault(FaultKind.NAME, name, "The name " + name.text() + " is used twice in this rule; choose another.");
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
                    FaultKind.TYPE,
                    sign,
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
            fault(FaultKind.TYPE, sign, "Expected a field that is yes or no after !; came " + type.shown() + ".");
        }
        return ValueType.YES_OR_NO;
    }

    private ValueType comparison() {
        ValueType left = sum();
        Token sign = peek();
        if (sign.kind() == Kind.STRING) {
            return left;
        }
        switch (sign.text()) {
            case "==", "!=" -> {
                at++;
                ValueType right = sum();
                if (!left.comparableWith(right)) {
                    fault(FaultKind.TYPE, sign, cannot(left, right, "be compared"));
                }
                return ValueType.YES_OR_NO;
            }
            case "<", "<=", ">", ">=" -> {
                at++;
                ValueType right = sum();
                if (!left.orderedWith(right)) {
                    fault(
                            FaultKind.TYPE,
                            sign,
                            cannot(
                                    left,
                                    right,
                                    "be compared by " + sign.text()
                                            + "; expected numbers, or times of day such as \"18:00\""));
                }
                return ValueType.YES_OR_NO;
            }
            case "not", "contains", "memberOf", "in" -> {
                at += sign.is("not") ? 1 : 0;
                return membership(left);
            }
            case "matches", "soundslike", "str", "excludes" ->
                throw new FormException(
                        FaultKind.FORM,
                        sign,
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
                        FaultKind.TYPE,
                        sign,
                        "Expected a set on the left of contains and what it may hold on the right; came " + left.shown()
                                + " and " + right.shown() + ".");
            }
        } else if (sign.is("memberOf")) {
            ValueType right = sum();
            if (!right.canHold(left)) {
                fault(
                        FaultKind.TYPE,
                        sign,
                        "Expected a set on the right of memberOf and what it may hold on the left; came " + left.shown()
                                + " and " + right.shown() + ".");
            }
        } else if (sign.is("in")) {
            expect("(", "Expected ( after in");
            do {
                ValueType right = sum();
                if (!left.comparableWith(right)) {
                    fault(FaultKind.TYPE, sign, cannot(left, right, "be compared"));
                }
            } while (comma());
            expect(")", "Expected , or ) in the list");
        } else {
            throw new FormException(
                    FaultKind.SYNTAX, sign, "Expected contains, memberOf or in after not; found " + sign.shown() + ".");
        }
        return ValueType.YES_OR_NO;
    }

    private static String cannot(ValueType left, ValueType right, String what) {
        String hint = "";
        if (left.canHold(right)) {
            hint = " Maybe 'contains'.";
        } else if (right.canHold(left)) {
            hint = " Maybe 'memberOf'.";
        } else if (left.equals(ValueType.YES_OR_NO) && right.equals(ValueType.TEXT)) {
            hint = " Maybe the field alone, or with a ! before it.";
        }
        return left.shown() + " and " + right.shown() + " cannot " + what + "." + hint;
    }

    private ValueType sum() {
        ValueType type = value();
        while (peek().is("+") || peek().is("-")) {
            Token sign = next();
            ValueType right = value();
            if (!type.isNumber() || !right.isNumber()) {
                fault(FaultKind.TYPE, sign, cannot(type, right, "be added or subtracted; expected numbers"));
            }
            type = ValueType.NUMBER;
        }
        return type;
    }

    private ValueType value() {
        Token token = next();
        values++;
        switch (token.kind()) {
            case NUMBER -> {
                if (!token.text().equals("0")) {
                    fault(
                            FaultKind.FORM,
                            token,
                            "The number " + number(token) + " stands in a condition; limits belong to the"
                                    + " policy, so that they can be changed without the rules. Read it from a policy fact,"
                                    + " such as Capacity( $limit : limit ).");
                }
                return ValueType.NUMBER;
            }
            case STRING -> {
                ValueType text = text(token);
                return TIME_OF_DAY.matcher(token.text()).matches() ? ValueType.TIME_OF_DAY : text;
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
                            FaultKind.SYNTAX,
                            token,
                            "Expected a field, a value or a $name; found " + token.shown() + ".");
                }
                nest(token);
                ValueType type = either();
                expect(")", "Expected )");
                nested--;
                return type;
            }
        }
    }

    private void nest(Token parenthesis) {
        if (++nested > RuleLimits.NESTED) {
            throw new FormException(
                    FaultKind.LIMIT,
                    parenthesis,
                    "The parentheses are nested too deeply, more than " + RuleLimits.NESTED
                            + " within one another; write two rules.");
        }
    }

    /** All texts of the vocabulary are ids; another could never be equal to one. */
    private ValueType text(Token token) {
        if (!token.isId()) {
            fault(
                    FaultKind.TYPE,
                    token,
                    "The text " + token.shown() + " is no id; expected 1 to " + RuleLimits.TEXT
                            + " signs of A-Z a-z 0-9 . _ - : @");
        }
        return ValueType.TEXT;
    }

    private ValueType variable(Token token) {
        asked = true;
        ValueType type = bound.get(token.text());
        if (type == null) {
            fault(
                    FaultKind.NAME,
                    token,
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
        refuseFeature(token);
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
                        FaultKind.VOCABULARY,
                        part,
                        token.shown() + " is " + type.shown() + " and has no " + part.shown() + "."
                                + (type.isSet() ? " A set has a 'size'." : ""));
            }
            if (peek().is("(") || peek().is(".")) {
                throw new FormException(
                        FaultKind.FORM,
                        part,
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
        if (constant.kind() != Kind.NAME) {
            throw new FormException(
                    FaultKind.SYNTAX,
                    constant,
                    "Expected a value of " + values.getSimpleName() + "; found " + constant.shown() + ".");
        }
        if (!known.contains(constant.text())) {
            fault(
                    FaultKind.VOCABULARY,
                    constant,
                    values.getSimpleName() + " has no '" + constant.text() + "'."
                            + Suggestion.maybe(constant.text(), known));
        }
        if (peek().is(".") || peek().is("(")) {
            throw new FormException(
                    FaultKind.FORM,
                    constant,
                    "Expected nothing more of " + values.getSimpleName() + "." + constant.text() + "; found "
                            + peek().shown() + ".");
        }
        return ValueType.of(values);
    }

    private ValueType question(Token name) {
        Class<? extends Record> subject = currentFact();
        List<Method> questions = Vocabulary.questions(subject);
        Optional<Method> known = questions.stream()
                .filter(method -> method.getName().equals(name.text()))
                .findFirst();
        boolean field = Vocabulary.field(subject, name.text()).isPresent();
        if (known.isEmpty() || tokens.get(at + 1).is(")")) {
            throw new FormException(
                    FaultKind.VOCABULARY,
                    name,
                    field
                            ? "'" + name.text() + "' is a field; write it without parentheses."
                            : subject.getSimpleName() + " answers no '" + name.text() + "( … )'."
                                    + Suggestion.maybe(
                                            name.text(),
                                            questions.stream()
                                                    .map(Method::getName)
                                                    .collect(Collectors.toSet())));
        }
        asked = true;
        fields.add(new Statement.Field(subject, name.text(), true));
        nest(next());
        Token argument = peek();
        ValueType came = sum();
        ValueType expected = ValueType.of(known.get().getGenericParameterTypes()[0]);
        if (!came.equals(expected) && !came.equals(ValueType.UNKNOWN)) {
            fault(
                    FaultKind.TYPE,
                    argument,
                    name.text() + " asks for a " + expected.shown() + "; came " + came.shown() + ".");
        }
        expect(")", "Expected )");
        nested--;
        return ValueType.of(known.get().getGenericReturnType());
    }

    private ValueType field(Token name) {
        asked = true;
        Class<? extends Record> subject = currentFact();
        Optional<RecordComponent> field = Vocabulary.field(subject, name.text());
        if (field.isPresent()) {
            fields.add(new Statement.Field(subject, name.text(), false));
            return ValueType.of(field.get());
        }
        String values = Vocabulary.values().stream()
                .filter(list -> Vocabulary.constants(list).contains(name.text()))
                .map(list -> "'" + list.getSimpleName() + "." + name.text() + "'")
                .collect(Collectors.joining(" or "));
        String hint =
                values.isEmpty() ? Suggestion.maybe(name.text(), Vocabulary.fields(subject)) : " Maybe " + values + ".";
        fault(FaultKind.VOCABULARY, name, subject.getSimpleName() + " has no field " + name.shown() + "." + hint);
        if (peek().is("(")) {
            throw new FormException(FaultKind.FORM, name, "'" + name.text() + "( … )' is not allowed here.");
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
                    FaultKind.FORM,
                    start,
                    "A rule only concludes: expected verdict. and a conclusion, or end; found " + start.shown() + ".");
        }
        at++;
        Token name = next();
        List<Method> known = Vocabulary.conclusions().stream()
                .filter(method -> method.getName().equals(name.text()))
                .toList();
        if (known.isEmpty() || name.kind() != Kind.NAME) {
            throw new FormException(
                    FaultKind.VOCABULARY,
                    name,
                    "There is no conclusion " + name.shown() + "."
                            + Suggestion.maybe(
                                    name.text(),
                                    Vocabulary.conclusions().stream()
                                            .map(Method::getName)
                                            .collect(Collectors.toSet())));
        }
        concluded.add(name.text());
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
                    FaultKind.TYPE,
                    name,
                    name.text() + " takes "
                            + known.stream().map(RuleGrammar::parameters).collect(Collectors.joining(" or "))
                            + "; came ("
                            + arguments.stream().map(ValueType::shown).collect(Collectors.joining(", ")) + ").");
        }
        Class<?> about = Vocabulary.about(known.get(0));
        if (!read.contains(about)) {
            fault(
                    FaultKind.FORM,
                    name,
                    "'" + name.text() + "' is a conclusion about a fact that the rule does not read; add "
                            + about.getSimpleName() + "( … ) to its conditions.");
        }
    }

    private ValueType argument() {
        Token token = next();
        if (token.kind() == Kind.NUMBER) {
            boolean rank = RANK.matcher(token.text()).matches();
            if (!rank) {
                fault(
                        FaultKind.LIMIT,
                        token,
                        "The number is " + number(token) + "; expected 0 to " + Verdict.UNRANKED + ".");
            }
            return ValueType.NUMBER;
        }
        if (token.kind() == Kind.STRING) {
            return text(token);
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
                FaultKind.SYNTAX,
                token,
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
        return Arrays.stream(method.getGenericParameterTypes())
                .map(type -> ValueType.of(type).shown())
                .collect(Collectors.joining(", ", "(", ")"));
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
            throw new FormException(FaultKind.SYNTAX, token, otherwise + "; found " + token.shown() + ".");
        }
        at++;
    }

    private void fault(FaultKind kind, Token token, String message) {
        if (faults.size() >= RuleLimits.FAULTS) {
            throw new FormException(
                    FaultKind.LIMIT, token, "There are more faults than these; mend them, and the rest is told.");
        }
        faults.add(new RuleFault(kind, file, token.place(), message));
    }

    /** A number as it is shown: without quotes, but not all of a very long one. */
    private static String number(Token token) {
        String shown = token.shown();
        return shown.substring(1, shown.length() - 1);
    }

    private static List<String> shown(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() != Kind.END_OF_FILE)
                .map(Token::shown)
                .toList();
    }
}
