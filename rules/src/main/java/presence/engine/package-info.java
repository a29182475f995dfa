/** Compiles the rules and asks them: time is an argument, a verdict is a function of the case, the policy and the time. */
@NullMarked
package presence.engine;

import org.jspecify.annotations.NullMarked;
