package presence.engine;

/** The sorts of values that fields, questions and conclusions have. Their names are part of the API. */
public enum ValueSort {
    YES_OR_NO("yes or no: `true` or `false`, and a condition by itself"),
    NUMBER("a whole number"),
    TEXT("an id, between double quotes"),
    VALUE("a value of a list, written with the name of its list: `Status.BUSY`"),
    SET("a set of values or of texts, in no order"),
    FACT("a fact, by the `$name` that was given to it");

    private final String meaning;

    ValueSort(String meaning) {
        this.meaning = meaning;
    }

    /** What it is and how it is written, in an analyst's words. */
    public String meaning() {
        return meaning;
    }
}
