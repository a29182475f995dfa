package presence.scenario;

import java.util.Set;
import presence.engine.Place;
import presence.facts.Capability;

/**
 * One thing that a scenario expects.
 *
 * @param place where it stands
 * @param aspect what is expected of
 * @param capabilities of which capabilities; empty where the aspect has none
 * @param value what is expected, as {@link Outcome} writes it
 */
record Expectation(Place place, Aspect aspect, Set<Capability> capabilities, String value) {}
