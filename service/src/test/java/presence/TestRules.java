package presence;

import presence.engine.RuleBook;

/** The shipped rules, compiled once for all tests of this JVM. */
public final class TestRules {
    public static final RuleBook SHIPPED = RuleBook.shipped();

    private TestRules() {}
}
