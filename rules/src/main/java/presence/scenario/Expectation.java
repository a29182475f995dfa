package presence.scenario;

import java.util.Set;
import presence.facts.Capability;

/**
 * One thing that a scenario expects.
 *
 * @param line where it stands, from 1
 * @param aspect what is expected of
 * @param capabilities of which capabilities; empty where the aspect has none
 * @param value what is expected, as {@link Outcome} writes it
 */
record Expectation(int line, Aspect aspect, Set<Capability> capabilities, String value) {}
