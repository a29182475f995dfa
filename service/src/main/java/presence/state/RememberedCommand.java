package presence.state;

import presence.command.Outcome;

/**
 * A command that had an id.
 *
 * @param id the id its sender gave it
 * @param fingerprint tells whether a repeat is the same command
 * @param outcome how it came out
 * @param at when, in milliseconds since 1970-01-01T00:00Z
 */
public record RememberedCommand(String id, long fingerprint, Outcome outcome, long at) {}
