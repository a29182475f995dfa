/**
 * Examples of what the rules must conclude, in an analyst's words, and the check of a folder of rules by them.
 *
 * <p>A scenario asks the same rules through the same session as the running service does.
 */
@NullMarked
package presence.scenario;

import org.jspecify.annotations.NullMarked;
