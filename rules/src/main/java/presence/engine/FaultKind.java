package presence.engine;

/** The kinds of faults that a set of rules can have. Their names are part of the API and stay as they are. */
public enum FaultKind {
    FILE("A file or folder cannot be read, or lies or is called otherwise than rules do."),
    SYNTAX("A file of rules cannot be read at this place: a sign is missing, or one is there that nobody expects."),
    FORM("What stands here could be read, and rules do not say such things."),
    VOCABULARY("A word that is not of the vocabulary."),
    TYPE("Values of different kinds are compared, counted or concluded."),
    NAME("An id, a sentence or a $name that is taken, unknown, or of another form than names have."),
    LIMIT("More than a set of rules may hold, or may cost."),
    ENGINE("The engine refuses rules with which nothing else was found wrong."),
    SCENARIO("A scenario cannot be read."),
    EXPECTATION("The rules conclude something else than a scenario expects."),
    COVERAGE("A rule lacks a scenario."),
    PROOF("In a case that nobody wrote down there is a gap, a conflict, or a rule that never has its say."),
    PROMISE("A promise of the product is broken, and nobody has overridden it."),
    CHECK("The check could not be carried through.");

    private final String meaning;

    FaultKind(String meaning) {
        this.meaning = meaning;
    }

    /** What faults of this kind have in common, in a sentence. */
    public String meaning() {
        return meaning;
    }
}
