package presence.rulebook;

import java.util.List;
import presence.command.RulesRelease;
import presence.engine.RuleFile;

/**
 * A release of the rules. Immutable, for ever.
 *
 * @param number its number, from 1 on; 0 for the rules of the program, or of the folder that its settings name
 * @param hash the hash of its files, rules and scenarios: 64 hexadecimal digits
 * @param author who released it
 * @param comment what for
 * @param releasedAt when, in milliseconds since 1970-01-01T00:00Z; 0 for the rules of the program
 * @param overridden the ids of the product's promises that it breaks, and is meant to
 * @param files its rules and scenarios, by path
 * @param report what the check said of it when it was released: a JSON document
 */
public record Release(
        int number,
        String hash,
        String author,
        String comment,
        long releasedAt,
        List<String> overridden,
        List<RuleFile> files,
        String report) {

    public Release {
        overridden = List.copyOf(overridden);
        files = List.copyOf(files);
    }

    /** How the journal names it. */
    public RulesRelease named() {
        return number == 0 ? RulesRelease.PROGRAM : new RulesRelease(number, hash);
    }
}
